/** An element directly within an entry, its content as written. */
export interface ChildElement {
  /** Without prefix, in lower case. */
  readonly name: string
  /** With the prefix, as it stands in the tag. */
  readonly qualifiedName: string
  /** Without prefix, as they stand in the tag. */
  readonly attributes: ReadonlyMap<string, string>
  readonly inner: string
}

/**
 * Finds the elements directly within an entry by one pass over its markup, without reading it as XML: what they hold is
 * passed over, tag by tag of the same name. Comments and CDATA sections are no markup.
 */
export function childElements(piece: string): readonly ChildElement[] {
  const children: ChildElement[] = []
  let at = tagEnd(piece, 0)
  while (at >= 0 && at < piece.length) {
    const tag = nextTag(piece, at)
    if (tag === undefined) break
    at = tag.end
    if (tag.isEnd) continue
    const close = tag.isEmpty ? { start: tag.end, end: tag.end } : endOf(piece, tag)
    const { name, text } = tag
    children.push({
      name: localName(name),
      qualifiedName: name,
      attributes: attributesOf(text),
      inner: piece.slice(tag.end, close.start),
    })
    at = close.end
  }
  return children
}

/** The text of the first child of a name: CDATA as it stands, references decoded, trimmed; '' where there is none. */
export function childText(children: readonly ChildElement[], name: string): string {
  const child = children.find(candidate => candidate.name === name)
  return child === undefined ? '' : plainText(child.inner)
}

interface Tag {
  readonly name: string
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isEnd: boolean
  readonly isEmpty: boolean
}

const NAME = /[^\s/>]{1,200}/y

function nextTag(text: string, from: number): Tag | undefined {
  for (let start = text.indexOf('<', from); start >= 0; start = text.indexOf('<', start)) {
    if (text.startsWith('<!--', start)) start = behind(text, '-->', start + 4)
    else if (text.startsWith('<![CDATA[', start)) start = behind(text, ']]>', start)
    else if (text.startsWith('<?', start)) start = behind(text, '?>', start)
    else {
      const end = tagEnd(text, start)
      if (end < 0) return undefined
      const isEnd = text.charAt(start + 1) === '/'
      NAME.lastIndex = isEnd ? start + 2 : start + 1
      const name = NAME.exec(text)?.[0]
      if (name !== undefined) return { name, text: text.slice(start, end), start, end, isEnd, isEmpty: text.charAt(end - 2) === '/' }
      start++
    }
  }
  return undefined
}

/** Where an element's end tag begins and ends; the end of the text where it has none. */
function endOf(text: string, { name, end }: Tag): { readonly start: number; readonly end: number } {
  let depth = 1
  for (let tag = nextTag(text, end); tag !== undefined; tag = nextTag(text, tag.end)) {
    if (tag.name !== name || tag.isEmpty) continue
    depth += tag.isEnd ? -1 : 1
    if (depth === 0) return { start: tag.start, end: tag.end }
  }
  return { start: text.length, end: text.length }
}

/** Behind the `>` that ends a tag, those in attribute values passed over; -1 where there is none. */
function tagEnd(text: string, start: number): number {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '>') return at + 1
    else if (character === '"' || character === "'") quote = character
  }
  return -1
}

const ATTRIBUTE = /([^\s=/<>"']{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map([...tag.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [localName(name), decoded(double ?? single ?? '')]))
}

function localName(name: string): string {
  return (name.split(':').at(-1) ?? '').toLowerCase()
}

function plainText(inner: string): string {
  let text = ''
  let at = 0
  for (let start = inner.indexOf('<![CDATA['); start >= 0; start = inner.indexOf('<![CDATA[', at)) {
    const end = behind(inner, ']]>', start)
    text += decoded(inner.slice(at, start)) + inner.slice(start + 9, end - 3)
    at = end
  }
  return (text + decoded(inner.slice(at))).trim()
}

const REFERENCES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** XML's own references; ids, addresses and states use no others. */
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (name !== undefined) return REFERENCES[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function behind(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from)
  return index < 0 ? text.length : index + mark.length
}
