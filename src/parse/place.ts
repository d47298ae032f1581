import { attributeOf, childrenOf, type FeedNode, textOf } from './feed-node.ts'

/** What holds at one place of a document by what is around it. */
export interface Place {
  /** What relative references resolve against (XML Base, RFC 3986 §5.1); '' where nothing is known. */
  readonly base: string
  /** Whether the publisher stated the base, by xml:base or Content-Location, rather than the document's address giving it. */
  readonly isStated: boolean
  readonly language?: string
}

/** The place inside an element that may carry xml:base and xml:lang. */
export function placeInside(outer: Place, xmlBase: string | undefined, xmlLanguage: string | undefined): Place {
  const language = languageTag(xmlLanguage) ?? outer.language
  const url = xmlBase === undefined ? null : URL.parse(xmlBase, outer.base === '' ? undefined : outer.base)
  // Nothing resolves against an address that has no path, such as a mailto or a urn.
  const base = url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined
  if (base === undefined && language === outer.language) return outer
  return {
    base: base ?? outer.base,
    isStated: outer.isStated || base !== undefined,
    ...(language === undefined ? {} : { language }),
  }
}

/** The place inside an element by its attributes. `lang` is what HTML has for xml:lang, and taken for it. */
export function elementPlace(node: FeedNode, outer: Place): Place {
  return placeInside(outer, attributeOf(node, 'xml:base'), attributeOf(node, 'xml:lang') ?? attributeOf(node, 'lang'))
}

/** The address that the first child of the names gives, resolved where that child stands. */
export function childAddress(node: FeedNode, place: Place, ...names: readonly string[]): string | undefined {
  const child = firstStated(node, names)
  return child === undefined ? undefined : resolved(child.text, elementPlace(child.element, place))
}

/**
 * The identifier that the first child of the names gives: as written, but a path from the root of its host made absolute,
 * as by itself it identifies nothing.
 */
export function childIdentifier(node: FeedNode, place: Place, ...names: readonly string[]): string | undefined {
  const child = firstStated(node, names)
  return child === undefined || !/^\/(?!\/)/.test(child.text) ? child?.text : resolved(child.text, elementPlace(child.element, place))
}

function firstStated(node: FeedNode, names: readonly string[]): { readonly element: FeedNode; readonly text: string } | undefined {
  for (const name of names) {
    for (const element of childrenOf(node, name)) {
      const text = textOf(element)
      if (text !== undefined) return { element, text }
    }
  }
  return undefined
}

/** An address as written where it is absolute, resolved where it is not; as written too where it cannot be. */
export function resolved(reference: string, { base }: Place): string {
  const address = reference.replace(/[\t\r\n]+/g, '').trim()
  if (/^[a-z][a-z\d+.-]*:/i.test(address) || base === '') return address
  return URL.parse(address, base)?.href ?? address
}

/** A BCP 47 tag as far as its form goes; undefined where the text is none. */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-')
  return tag !== undefined && /^[a-z]{2,8}(?:-[a-z\d]{1,8}){0,6}$/i.test(tag) ? tag : undefined
}
