/** One piece of markup, however badly formed the document around it is. */
export type Markup =
  | {
      readonly kind: 'open'
      /** As written, with its prefix. */
      readonly name: string
      /** In lower case, without prefix. */
      readonly local: string
      readonly isEmpty: boolean
      readonly attributes: () => ReadonlyMap<string, string>
      readonly end: number
    }
  | { readonly kind: 'close'; readonly name: string; readonly local: string; readonly end: number }
  | { readonly kind: 'cdata'; readonly text: string; readonly end: number }
  /** Comments, processing instructions and declarations. */
  | { readonly kind: 'nothing'; readonly end: number }

const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_.:-]*/uy
const ATTRIBUTE = /([^\s=/>"'<]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g
const MAX_NAME = 200

/**
 * Reads the markup that begins with the `<` at an index. Undefined where that `<` is mere text.
 * Takes time in proportion to what it reads; what is never closed reaches to the end of the text.
 */
export function tagAt(text: string, start: number): Markup | undefined {
  const next = text.charAt(start + 1)
  if (next === '!') return declarationAt(text, start)
  if (next === '?') return { kind: 'nothing', end: endOf(text, '?>', start) }
  const isClose = next === '/'
  NAME.lastIndex = start + (isClose ? 2 : 1)
  const name = NAME.exec(text)?.[0]
  if (name === undefined || name.length > MAX_NAME) return undefined
  const close = tagEnd(text, NAME.lastIndex)
  if (close < 0) return undefined
  const local = name.slice(name.indexOf(':') + 1).toLowerCase()
  if (isClose) return { kind: 'close', name, local, end: close + 1 }
  const isEmpty = text.charAt(close - 1) === '/'
  const attributes = () => attributesOf(text.slice(start + 1 + name.length, isEmpty ? close - 1 : close))
  return { kind: 'open', name, local, isEmpty, attributes, end: close + 1 }
}

function declarationAt(text: string, start: number): Markup {
  if (text.startsWith('<!--', start)) return { kind: 'nothing', end: endOf(text, '-->', start + 4) }
  if (!text.startsWith('<![CDATA[', start)) return { kind: 'nothing', end: endOf(text, '>', start) }
  const close = text.indexOf(']]>', start)
  return { kind: 'cdata', text: text.slice(start + 9, close < 0 ? text.length : close), end: close < 0 ? text.length : close + 3 }
}

function endOf(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index < 0 ? text.length : index + mark.length
}

/** Index of the `>` that ends a tag, -1 where there is none. A `>` inside a quoted value does not end it. */
function tagEnd(text: string, from: number): number {
  let afterEquals = false
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x3e) return at
    // XML has no bare "<" inside a tag: the one that opened this was text. Going on would make `a<p a<p …` quadratic.
    if (character === 0x3c) return -1
    if (afterEquals && (character === 0x22 || character === 0x27)) {
      const quoted = text.indexOf(text.charAt(at), at + 1)
      // An open quote would swallow the rest of the document.
      if (quoted < 0) return text.indexOf('>', from)
      at = quoted
      afterEquals = false
    } else if (character > 0x20) afterEquals = character === 0x3d
  }
  return -1
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    if (!attributes.has(name)) attributes.set(name, double ?? single ?? bare ?? '')
  }
  return attributes
}
