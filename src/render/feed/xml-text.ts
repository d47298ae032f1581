// Everything outside Char of XML 1.0 §2.2 (lone surrogates are gone by then), and the control characters it advises against:
// readers show C1 as boxes, and the W3C validator warns of them.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g

// One look finds that most texts have nothing to change; surrogates are looked at closely only where there are any.
const SUSPECT = /[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]/

/**
 * Gives the text an XML 1.0 document can carry: line ends become LF (XML 1.0 §2.11 does it on reading),
 * lone surrogates U+FFFD, and control characters and others outside XML's `Char` (§2.2) are left out.
 */
export function xmlText(text: string): string {
  return !SUSPECT.test(text) ? text : text.toWellFormed().replace(/\r\n?/g, '\n').replace(FORBIDDEN, '')
}

/** Gives a copy of plain data with every string in it passed through `xmlText`. */
export function withXmlTexts<T>(data: T): T
export function withXmlTexts(data: unknown): unknown {
  if (typeof data === 'string') return xmlText(data)
  if (Array.isArray(data)) return data.map(item => withXmlTexts(item))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withXmlTexts(value)]))
}
