import { createHash } from 'node:crypto'
import { inspectAtom, inspectJsonFeed, inspectOpml, inspectPage, inspectRss } from '../../src/publish/check-document.ts'
import { validateAtom } from './atom-schema.ts'

/** What is wrong with a published document by our rules, and with an Atom document by RFC 4287 too; nothing where all is well. */
export function documentFaults(path: string, text: string): readonly string[] {
  switch (/\.(\w+)$/.exec(path)?.[1]) {
    case 'atom':
      return [...validateAtom(text), ...inspectAtom(text).faults]
    case 'rss':
      return inspectRss(text).faults
    case 'json':
      return inspectJsonFeed(text).faults
    case 'opml':
      return inspectOpml(text).faults
    case 'html':
      return inspectPage(text).faults
    case 'css':
      return text.trimEnd().endsWith('}') ? [] : ['the style sheet is not complete']
    default:
      return []
  }
}

const known = new Map<string, readonly string[]>()

/** The same; bytes that were looked at before under such a name are not looked at again. */
export function faultsOfBytes(path: string, bytes: Buffer): readonly string[] {
  const key = `${/\.\w+$/.exec(path)?.[0]}:${digestOfBytes(bytes)}`
  const faults = known.get(key) ?? documentFaults(path, bytes.toString('utf8'))
  known.set(key, faults)
  return faults
}

/** The digest that the server's validators carry. */
export function digestOfBytes(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
}
