// XML 1.0 §2.2 Char: what is left out here may not stand in a document, not even as a character reference.
// With the u flag, \p{Cs} is a surrogate without its partner; a pair is one character and stays.
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu
// Most texts have none of them, nor a pair: one look says so at a tenth of the cost.
const SUSPECT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/

/** Gives the text without the characters XML 1.0 forbids: control characters, lone surrogates, U+FFFE and U+FFFF. */
export function legalXmlCharacters(text: string): string {
  return SUSPECT.test(text) ? text.replace(ILLEGAL, '') : text
}
