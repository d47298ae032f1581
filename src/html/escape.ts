import { legalXmlCharacters } from './xml-characters.ts'

/** Escapes text for the content of an HTML or XML element. Characters XML 1.0 forbids are dropped. */
export function escapeHtml(text: string): string {
  return legalXmlCharacters(text).replace(/[&<>]/g, character => REFERENCES[character] ?? character)
}

/**
 * Escapes text for a quoted attribute value in HTML or XML, whichever quotes are used. Tabs and line ends become
 * references, because XML parsers turn the literal characters into spaces (XML 1.0 §3.3.3).
 */
export function escapeAttribute(text: string): string {
  return legalXmlCharacters(text).replace(/[&<>"'\t\n\r]/g, character => REFERENCES[character] ?? character)
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
