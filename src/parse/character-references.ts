import { NAMED_CHARACTERS } from './named-characters.ts'
import { replacedInChunks } from './replaced-in-chunks.ts'

const REFERENCE = /&(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});?|([A-Za-z][A-Za-z0-9]{1,30});)/g

// What U+0080 to U+009F mean in HTML (WHATWG HTML, "numeric character reference end state"): windows-1252.
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * Replaces numeric references and the names of HTML 4 by their characters. A name nobody knows stays as it is;
 * a number that XML 1.0 §2.2 forbids becomes nothing.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return replacedInChunks(text, chunk =>
    chunk.replace(REFERENCE, (whole, number: string | undefined, name: string | undefined) =>
      number === undefined ? (NAMED_CHARACTERS.get(name ?? '') ?? whole) : characterOf(number),
    ),
  )
}

/** Reads the control characters U+0080 to U+009F as HTML reads references to them: texts converted twice are full of them. */
export function readableControls(text: string): string {
  return text.replace(/[\x80-\x9f]/g, character => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80))
}

/** Makes text fit between XML tags. */
export function escapeText(text: string): string {
  return replacedInChunks(text, chunk => chunk.replace(/[&<>]/g, mark => (mark === '&' ? '&amp;' : mark === '<' ? '&lt;' : '&gt;')))
}

/** Makes text fit between the double quotes of an XML attribute, its line ends kept. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;')
}

function characterOf(number: string): string {
  const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10)
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80)
  const isCharacter =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0x10ffff && (code & 0xfffe) !== 0xfffe)
  return isCharacter ? String.fromCodePoint(code) : ''
}
