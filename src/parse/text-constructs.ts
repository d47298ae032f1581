import type { Text } from '../domain/feed.ts'
import { decodeReferences } from './character-references.ts'
import { attributeOf, childrenOf, type FeedNode, textOf } from './feed-node.ts'
import { elementPlace, type Place, placeInside } from './place.ts'

const TAG = /<\/?[a-z][\w:-]{0,30}(?:\s[^<>]{0,2000})?\/?>/i
const INLINE_END =
  /<\/(?:a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|rp|rt|ruby|s|small|span|strike|strong|sub|sup|tt|u|var)>|<(?:br|wbr)\s?\/?>/i
const REFERENCE = /&(?:#\d|#x[\da-f]|[a-z][a-z\d]{1,30};)/i

/** Reads how the content of an element is to be understood, from its text and its declared type. */
export type Reading = (value: string, type: string | undefined) => Pick<Text, 'type' | 'value'>

/** The first child of the names that is not blank, as a text construct. */
export function textChild(node: FeedNode, place: Place, reading: Reading, ...names: readonly string[]): Text | undefined {
  for (const name of names) {
    for (const child of childrenOf(node, name)) {
      const text = textConstruct(child, place, reading)
      if (text !== undefined) return text
    }
  }
  return undefined
}

function textConstruct(node: FeedNode, outer: Place, reading: Reading): Text | undefined {
  const content = textOf(node)
  if (content === undefined) return undefined
  const type = attributeOf(node, 'type')?.toLowerCase()
  const isMarkup = attributeOf(node, 'is-markup') !== undefined
  const place = placeInside(elementPlace(node, outer), attributeOf(node, 'markup-base'), undefined)
  const text = isMarkup ? { type: 'html' as const, value: content } : reading(plainOf(content, attributeOf(node, 'mode'), type), type)
  if (text.value.trim() === '') return undefined
  return {
    type: text.type,
    value: text.value.trim(),
    ...(place.language === undefined || place.language === outer.language ? {} : { language: place.language }),
    ...(place.isStated && text.type === 'html' ? { base: place.base } : {}),
  }
}

/** Atom 0.3 names its base64; Atom 1.0 has it for every media type that is neither text nor XML (RFC 4287 §4.1.3.3). */
function plainOf(content: string, mode: string | undefined, type: string | undefined): string {
  const isEncoded = mode === 'base64' || (mode === undefined && type?.includes('/') && !/^text\/|[/+]xml$/.test(type))
  if (!isEncoded || !/^[A-Za-z\d+/=\s]+$/.test(content)) return content
  return Buffer.from(content, 'base64').toString('utf8')
}

/** RFC 4287 §3.1.1: text unless the type says otherwise. */
export const atomText: Reading = (value, type) => ({ type: isHtml(value, type) ? 'html' : 'text', value })

/** Atom content and summaries: what has no type at all but is full of tags is HTML whose type was forgotten. */
export const atomContent: Reading = (value, type) => ({
  type: isHtml(value, type) || (type === undefined && TAG.test(value)) ? 'html' : 'text',
  value,
})

/** RSS leaves open whether a title is HTML: it is where inline elements end in it; references alone are decoded. */
export const rssTitle: Reading = value => {
  if (INLINE_END.test(value)) return { type: 'html', value }
  return { type: 'text', value: REFERENCE.test(value) ? decodeReferences(value) : value }
}

/** What RSS describes an item with is HTML. */
export const html: Reading = (value, type) => ({ type: type === 'text' || type === 'text/plain' ? 'text' : 'html', value })

function isHtml(value: string, type: string | undefined): boolean {
  if (type === undefined || type === 'text' || type === 'text/plain') return false
  // RFC 4287 §3.1.1.3: XHTML without an element is text; what is full of tags there is HTML with the wrong type.
  return !type.includes('xhtml') || TAG.test(value)
}
