import { TRANSPARENT } from './fields.ts'
import { decodeStrictly } from './strict-references.ts'

/** An element as xml2js makes them: text under `_`, attributes under `$`, children in lists by name; no prototype. */
export type TreeNode = Record<string, unknown>

// Feeds nest a dozen deep; what goes deeper is written anew with its markup as text.
const MAX_DEPTH = 200
const TAG = /<(\/?)([\p{L}_][\p{L}\p{N}\p{M}_.:-]*)/uy
const ATTRIBUTE = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y
const BLANK = /^\s*$/

/**
 * Reads well-formed XML, elements under the names that `nameOf` gives them, into what xml2js makes of it, in a third of
 * its time: one pass over the text, in which everything between tags is found by index and nothing is copied twice.
 * It knows no declarations; entities are the five of XML. Children of an element that `nameOf` calls transparent become
 * its parent's.
 *
 * @throws Error where the XML is not well-formed, nests deeper than 200, or uses what it does not know
 */
export function xmlTree(xml: string, nameOf: (rawName: string) => string): TreeNode {
  const root: TreeNode = Object.create(null)
  const open: Open[] = []
  let top: Open = { raw: '', name: '', node: root, text: '', isCdata: false }
  let at = xml.indexOf('<')
  for (;;) {
    if (xml.charCodeAt(at + 1) === 0x21 || xml.charCodeAt(at + 1) === 0x3f) at = declaration(xml, at, top)
    else {
      TAG.lastIndex = at
      const tag = TAG.exec(xml)
      if (tag === null) throw broken(xml, at, 'expected a tag')
      const raw = tag[2] ?? ''
      if (tag[1] === '/') {
        if (raw !== top.raw) throw broken(xml, at, `unexpected </${raw}>`)
        at = endOfTag(xml, TAG.lastIndex).next
        const closed = top
        top = open.pop() ?? top
        attach(top.node, closed)
        if (open.length === 0) return finished(xml, at, root)
      } else {
        const node: TreeNode = Object.create(null)
        const end = endOfTag(xml, readAttributes(xml, TAG.lastIndex, node))
        at = end.next
        const name = nameOf(raw)
        const element: Open = { raw, name, node: name === TRANSPARENT ? top.node : node, text: '', isCdata: false }
        if (end.isEmpty) {
          attach(top.node, element)
          if (open.length === 0) return finished(xml, at, root)
        } else {
          if (open.length === MAX_DEPTH) throw broken(xml, at, 'nested too deep')
          open.push(top)
          top = element
        }
      }
    }
    const next = xml.indexOf('<', at)
    if (next < 0) throw broken(xml, xml.length, 'unexpected end')
    if (next > at) top.text += decodeStrictly(xml.slice(at, next))
    at = next
  }
}

interface Open {
  readonly raw: string
  readonly name: string
  readonly node: TreeNode
  text: string
  /** Blank text counts where it was written as CDATA. */
  isCdata: boolean
}

function attach(parent: TreeNode, { name, node, text, isCdata }: Open): void {
  // Its children went to its parent as they came.
  if (name === TRANSPARENT) return
  if (text !== '' && (isCdata || !BLANK.test(text))) node['_'] = text
  const siblings = parent[name]
  if (Array.isArray(siblings)) siblings.push(node)
  else parent[name] = [node]
}

function readAttributes(xml: string, from: number, node: TreeNode): number {
  let attributes: Record<string, string> | undefined
  let at = from
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const match = ATTRIBUTE.exec(xml)
    if (match === null) return at
    attributes ??= Object.create(null) as Record<string, string>
    node['$'] = attributes
    const name = match[1] ?? ''
    attributes[name] ??= decodeStrictly(match[2] ?? match[3] ?? '')
    at = ATTRIBUTE.lastIndex
  }
}

function endOfTag(xml: string, from: number): { readonly next: number; readonly isEmpty: boolean } {
  TAG_END.lastIndex = from
  const end = TAG_END.exec(xml)
  if (end === null) throw broken(xml, from, 'expected ">"')
  return { next: TAG_END.lastIndex, isEmpty: end[1] === '/' }
}

/** Index behind a comment, CDATA section or processing instruction; the text of a CDATA section goes to its element. */
function declaration(xml: string, at: number, top: Open): number {
  if (xml.startsWith('<![CDATA[', at)) {
    const end = indexOrThrow(xml, ']]>', at + 9)
    top.text += xml.slice(at + 9, end)
    top.isCdata = true
    return end + 3
  }
  if (xml.startsWith('<!--', at)) return indexOrThrow(xml, '-->', at + 4) + 3
  if (xml.startsWith('<?', at)) return indexOrThrow(xml, '?>', at + 2) + 2
  throw broken(xml, at, 'unexpected declaration')
}

function indexOrThrow(xml: string, mark: string, from: number): number {
  const index = xml.indexOf(mark, from)
  if (index < 0) throw broken(xml, from, `expected "${mark}"`)
  return index
}

/** Only comments and processing instructions may follow the outermost element. */
function finished(xml: string, end: number, root: TreeNode): TreeNode {
  const rest = xml.slice(end, end + 4096).replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
  if (!BLANK.test(rest)) throw broken(xml, end, 'text behind the end')
  const [name = ''] = Object.keys(root)
  const [element] = root[name] as TreeNode[]
  return Object.assign(Object.create(null) as TreeNode, { [name]: element })
}

function broken(xml: string, at: number, what: string): Error {
  return new Error(`${what}\nLine: ${xml.slice(0, at).split('\n').length - 1}`)
}
