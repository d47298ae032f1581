import { decodeReferences, escapeText } from './character-references.ts'
import { canonicalName, innerScope, type Scope } from './element-names.ts'
import type { FeedRoot } from './feed-root.ts'
import { KNOWN_FIELDS } from './fields.ts'
import { type Markup, tagAt } from './markup-scan.ts'

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

type Piece =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'cdata'; readonly text: string }
  | { readonly kind: 'tag'; readonly tag: Tag; readonly source: string }
type Tag = Markup & { kind: 'open' | 'close' }

// Elements that never stand inside a text, because HTML, SVG and MathML have none of their name:
// where one begins or ends, an element before it was not closed.
const HTML_NAMES = ['title', 'link', 'source', 'summary', 'body', 'image', 'content', 'name', 'url', 'subtitle', 'info']
const SIBLINGS: ReadonlySet<string> = new Set([...KNOWN_FIELDS].filter(name => !HTML_NAMES.includes(name.slice(2))))
const PLAIN = /(?:^|:)(?:title|rights|copyright)$/
const OUTLINE: ReadonlySet<string> = new Set(['feed', 'entry', 'rss', 'channel', 'item', 'rdf:RDF'])
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/

/** Takes everything from behind the start tag of a text element to its end, markup inside it in its place. */
export function takeText(text: string, from: number, rawName: string, outer: Scope, format: FeedRoot['format']): TakenText {
  const pieces: Piece[] = []
  let scope = outer
  let depth = 0
  let at = from
  // No title holds a `link` or an `image`, HTML or not.
  const siblings = PLAIN.test(rawName) ? KNOWN_FIELDS : SIBLINGS
  while (at < text.length) {
    const start = text.indexOf('<', at)
    if (start !== at) pieces.push({ kind: 'text', value: text.slice(at, start < 0 ? text.length : start) })
    if (start < 0) break
    const markup = tagAt(text, start)
    at = markup?.end ?? start + 1
    if (markup === undefined) pieces.push({ kind: 'text', value: '<' })
    else if (markup.kind === 'cdata') pieces.push(markup)
    else if (markup.kind !== 'nothing') {
      const isSame = markup.name.toLowerCase() === rawName
      if (isSame && markup.kind === 'close' && depth-- === 0) return { ...assembled(pieces, scope), end: markup.end }
      if (isSame && markup.kind === 'open' && !markup.isEmpty) depth++
      const name = canonicalName(markup.name, scope, format)
      if (OUTLINE.has(name) || (!isSame && siblings.has(name))) return { ...assembled(pieces, scope), end: start }
      const source = text.slice(start, markup.end)
      if (markup.kind === 'open' && source.includes('xmlns:')) scope = innerScope(scope, markup.attributes(), format)
      pieces.push({ kind: 'tag', tag: markup, source })
    }
  }
  return { ...assembled(pieces, scope), end: text.length }
}

function assembled(pieces: readonly Piece[], scope: Scope): Omit<TakenText, 'end'> {
  if (!pieces.some(({ kind }) => kind === 'tag')) {
    const value = pieces.map(piece => (piece.kind === 'text' ? decodeReferences(piece.value) : piece.kind === 'cdata' ? piece.text : ''))
    return { value: value.join(''), isMarkup: false }
  }
  const { inner, base } = unwrapped(pieces)
  return { value: inner.map(piece => htmlOf(piece, scope)).join(''), isMarkup: true, ...(base === undefined ? {} : { base }) }
}

/** Takes off a `div` that holds everything else. */
function unwrapped(pieces: readonly Piece[]): { readonly inner: readonly Piece[]; readonly base?: string } {
  const isBlank = (piece: Piece) => piece.kind === 'text' && piece.value.trim() === ''
  const first = pieces.findIndex(piece => !isBlank(piece))
  const last = pieces.findLastIndex(piece => !isBlank(piece))
  const opening = pieces[first]
  if (opening?.kind !== 'tag' || opening.tag.kind !== 'open' || opening.tag.local !== 'div' || opening.tag.isEmpty) return { inner: pieces }
  let depth = 0
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'tag' || piece.tag.local !== 'div') continue
    if (piece.tag.kind === 'close') depth--
    else if (!piece.tag.isEmpty) depth++
    if (depth === 0 && index < last) return { inner: pieces }
  }
  if (depth !== 0) return { inner: pieces }
  const base = opening.tag.attributes().get('xml:base')
  return { inner: pieces.slice(first + 1, last), ...(base === undefined ? {} : { base: decodeReferences(base) }) }
}

function htmlOf(piece: Piece, scope: Scope): string {
  if (piece.kind === 'cdata') return escapeText(piece.text)
  if (piece.kind === 'text') return piece.value.replace(/&(?!#?\w{1,31};)/g, '&amp;').replace(/</g, '&lt;')
  const { tag, source } = piece
  const prefix = tag.name.slice(0, Math.max(0, tag.name.indexOf(':')))
  const isHtml = prefix !== '' && scope.get(prefix.toLowerCase()) === 'xhtml'
  const name = isHtml ? tag.name.slice(prefix.length + 1) : tag.name
  if (tag.kind === 'close') return `</${name}>`
  const rest = source.slice(1 + tag.name.length, tag.isEmpty ? -2 : -1)
  // HTML knows no empty-element tags: `<a id="x"/>` would reach to the end of the text.
  return tag.isEmpty && !VOID.test(name) ? `<${name}${rest}></${name}>` : `<${name}${rest}${tag.isEmpty ? '/' : ''}>`
}
