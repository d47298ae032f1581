import { decodeReferences, escapeText } from './character-references.ts'
import { canonicalName, innerScope, type Scope } from './element-names.ts'
import type { FeedRoot } from './feed-root.ts'
import { KNOWN_FIELDS } from './fields.ts'
import { type Markup, tagAt } from './markup-scan.ts'
import { replacedInChunks } from './replaced-in-chunks.ts'

/** The content of a text element. */
export interface TakenText {
  /** Text with its references decoded, or an HTML fragment where `isMarkup`. */
  readonly value: string
  readonly isMarkup: boolean
  /** The xml:base of the `div` that RFC 4287 §3.1.1.3 puts around XHTML and that is not part of the text. */
  readonly base?: string
  /** Index behind the element's end. */
  readonly end: number
}

type Tag = Markup & { kind: 'open' | 'close' }

/** What has been taken so far. A hostile text has a million tags: what stands in it as in the source is kept in one. */
interface Taking {
  readonly text: string
  /** Texts and CDATA sections as long as there is no tag; what they mean depends on that. */
  raw: Raw[]
  hasTag: boolean
  /** HTML, once there is a tag; what is taken as it stands since the last piece is `runFrom` to `runTo` of `text`. */
  html: string[]
  runFrom: number
  runTo: number
  wrapper: Wrapper | undefined
}

interface Raw {
  readonly from: number
  readonly to: number
  readonly isCdata: boolean
}

/** The `div` that RFC 4287 §3.1.1.3 wants around XHTML, if one opens the text. */
interface Wrapper {
  readonly tag: Markup & { kind: 'open' }
  readonly source: string
  depth: number
  /** What it holds, once it is closed. */
  inner: string | undefined
  /** There is more behind it: it is part of the text. */
  hasMore: boolean
}

// Elements that never stand inside a text, because HTML, SVG and MathML have none of their name:
// where one begins or ends, an element before it was not closed.
const HTML_NAMES = ['title', 'link', 'source', 'summary', 'body', 'image', 'content', 'name', 'url', 'subtitle', 'info']
const SIBLINGS: ReadonlySet<string> = new Set([...KNOWN_FIELDS].filter(name => !HTML_NAMES.includes(name.slice(2))))
const PLAIN = /(?:^|:)(?:title|rights|copyright)$/
const OUTLINE: ReadonlySet<string> = new Set(['feed', 'entry', 'rss', 'channel', 'item', 'rdf:RDF'])
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/

/** Takes everything from behind the start tag of a text element to its end, markup inside it in its place. */
export function takeText(text: string, from: number, rawName: string, outer: Scope, format: FeedRoot['format']): TakenText {
  const taking: Taking = { text, raw: [], hasTag: false, html: [], runFrom: 0, runTo: 0, wrapper: undefined }
  let scope = outer
  let depth = 0
  let at = from
  // No title holds a `link` or an `image`, HTML or not.
  const siblings = PLAIN.test(rawName) ? KNOWN_FIELDS : SIBLINGS
  // A bare "<" is text: what is between two pieces of markup is taken in one.
  let textAt = from
  while (at < text.length) {
    const start = text.indexOf('<', at)
    const markup = start < 0 ? undefined : tagAt(text, start)
    at = start < 0 ? text.length : (markup?.end ?? start + 1)
    if (start >= 0 && markup === undefined) continue
    takeRaw(taking, { from: textAt, to: start < 0 ? text.length : start, isCdata: false })
    textAt = at
    if (markup?.kind === 'cdata') takeRaw(taking, { from: start + 9, to: start + 9 + markup.text.length, isCdata: true })
    else if (markup?.kind === 'open' || markup?.kind === 'close') {
      const isSame = markup.name.toLowerCase() === rawName
      if (isSame && markup.kind === 'close' && depth-- === 0) return { ...taken(taking), end: markup.end }
      if (isSame && markup.kind === 'open' && !markup.isEmpty) depth++
      const name = canonicalName(markup.name, scope, format)
      if (OUTLINE.has(name) || (!isSame && siblings.has(name))) return { ...taken(taking), end: start }
      if (markup.kind === 'open' && text.slice(start, markup.end).includes('xmlns:')) scope = innerScope(scope, markup.attributes(), format)
      takeTag(taking, markup, start, scope)
    }
  }
  takeRaw(taking, { from: textAt, to: text.length, isCdata: false })
  return { ...taken(taking), end: text.length }
}

function takeRaw(taking: Taking, raw: Raw): void {
  if (raw.from === raw.to) return
  if (!taking.hasTag) {
    taking.raw.push(raw)
    return
  }
  const value = taking.text.slice(raw.from, raw.to)
  add(taking, raw.from, raw.to, raw.isCdata ? escapeText(value) : escapedMarks(value))
  if (taking.wrapper?.inner !== undefined && value.trim() !== '') taking.wrapper.hasMore = true
}

function takeTag(taking: Taking, tag: Tag, start: number, scope: Scope): void {
  const source = taking.text.slice(start, tag.end)
  const isFirst = !taking.hasTag
  taking.hasTag = true
  if (isFirst && tag.local === 'div' && tag.kind === 'open' && !tag.isEmpty && taking.raw.every(raw => isBlank(taking.text, raw))) {
    taking.wrapper = { tag, source: htmlOf(tag, source, scope), depth: 1, inner: undefined, hasMore: false }
    return
  }
  if (isFirst) for (const raw of taking.raw) takeRaw(taking, raw)
  const { wrapper } = taking
  if (wrapper?.inner !== undefined) wrapper.hasMore = true
  else if (wrapper !== undefined && tag.local === 'div' && !(tag.kind === 'open' && tag.isEmpty)) {
    wrapper.depth += tag.kind === 'open' ? 1 : -1
    if (wrapper.depth === 0) {
      wrapper.inner = flushed(taking)
      taking.html = []
    }
  }
  add(taking, start, tag.end, htmlOf(tag, source, scope))
}

function taken(taking: Taking): Omit<TakenText, 'end'> {
  const { text, raw, hasTag, wrapper } = taking
  if (!hasTag) {
    const value = raw.map(({ from, to, isCdata }) => (isCdata ? text.slice(from, to) : decodeReferences(text.slice(from, to))))
    return { value: value.join(''), isMarkup: false }
  }
  if (wrapper === undefined) return { value: flushed(taking), isMarkup: true }
  const { inner, tag, source, hasMore } = wrapper
  if (inner === undefined || hasMore) return { value: source + (inner ?? '') + flushed(taking), isMarkup: true }
  const base = tag.attributes().get('xml:base')
  return { value: inner, isMarkup: true, ...(base === undefined ? {} : { base: decodeReferences(base) }) }
}

/** Adds what stands in the source from one place to another, and comes to the HTML given. */
function add(taking: Taking, from: number, to: number, html: string): void {
  const isAsItStands = html.length === to - from && taking.text.startsWith(html, from)
  if (isAsItStands && taking.runTo === from) taking.runTo = to
  else {
    flush(taking)
    if (isAsItStands) [taking.runFrom, taking.runTo] = [from, to]
    else taking.html.push(html)
  }
}

function flush(taking: Taking): void {
  if (taking.runTo > taking.runFrom) taking.html.push(taking.text.slice(taking.runFrom, taking.runTo))
  taking.runFrom = 0
  taking.runTo = 0
}

function flushed(taking: Taking): string {
  flush(taking)
  return taking.html.join('')
}

function escapedMarks(text: string): string {
  return replacedInChunks(text, chunk => chunk.replace(/&(?!#?\w{1,31};)|</g, mark => (mark === '<' ? '&lt;' : '&amp;')))
}

function isBlank(text: string, { from, to, isCdata }: Raw): boolean {
  return !isCdata && text.slice(from, to).trim() === ''
}

function htmlOf(tag: Tag, source: string, scope: Scope): string {
  const prefix = tag.name.slice(0, Math.max(0, tag.name.indexOf(':')))
  const isHtml = prefix !== '' && scope.get(prefix.toLowerCase()) === 'xhtml'
  if (!isHtml && (tag.kind === 'close' || !tag.isEmpty)) return source
  const name = isHtml ? tag.name.slice(prefix.length + 1) : tag.name
  if (tag.kind === 'close') return `</${name}>`
  const rest = source.slice(1 + tag.name.length, tag.isEmpty ? -2 : -1)
  // HTML knows no empty-element tags: `<a id="x"/>` would reach to the end of the text.
  return tag.isEmpty && !VOID.test(name) ? `<${name}${rest}></${name}>` : `<${name}${rest}${tag.isEmpty ? '/' : ''}>`
}
