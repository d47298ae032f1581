import type { OutputEntry } from '../../domain/output-feed.ts'
import type { Site } from '../../domain/site.ts'

// RFC 3987 §2.2, without its fine print: a scheme, then no white space, control, surrogate, private-use or
// delimiting character, and percent signs only before two hex digits.
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}<>"{}|\\^`%]|%[0-9A-Fa-f]{2})+$/u

/**
 * Gives the atom:id an entry is published with: the one it has at home, byte for byte (RFC 4287 §4.2.6).
 * Where that is no absolute IRI (RSS lets a guid be any string: `123`, `N/A`), one made of the site's id
 * and the entry's key, the same for as long as the source keeps the entry's identity.
 */
export function entryId({ id, key }: Pick<OutputEntry, 'id' | 'key'>, site: Pick<Site, 'id'>): string {
  return isIri(id) ? id : `${site.id}:entry:${key}`
}

/** Tells whether a string can stand as an atom:id: an absolute IRI, and a complete one where it is a web address. */
export function isIri(text: string): boolean {
  return IRI.test(text) && (!/^https?:/i.test(text) || URL.canParse(text))
}
