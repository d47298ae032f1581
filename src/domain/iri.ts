// RFC 3987 §2.2, without its fine print: a scheme, then no white space, control, surrogate, private-use or
// delimiting character, and percent signs only before two hex digits.
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[^\s\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}<>"{}|\\^`%]|%[0-9A-Fa-f]{2})+$/u

// Longer ones exist only to break things; readers keep ids in columns of a few hundred characters.
const LONGEST = 2_000

/** Tells whether a string can stand as an atom:id: an absolute IRI, and a complete one where it is a web address. */
export function isIri(text: string): boolean {
  return text.length <= LONGEST && IRI.test(text) && (!/^https?:/i.test(text) || URL.canParse(text))
}
