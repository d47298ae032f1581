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
  const base = xmlBase === undefined ? undefined : URL.parse(xmlBase, outer.base === '' ? undefined : outer.base)?.href
  if (base === undefined && language === outer.language) return outer
  return {
    base: base ?? outer.base,
    isStated: outer.isStated || base !== undefined,
    ...(language === undefined ? {} : { language }),
  }
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
