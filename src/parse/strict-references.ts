import { replacedInChunks } from './replaced-in-chunks.ts'

const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));|&/g
const OTHER = /&(?!(?:amp|lt|gt|quot|apos);)/
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Replaces the references that XML itself knows; most texts have none and come back as they are.
 *
 * @throws Error on any other `&`, and on references that XML and HTML understand differently
 */
export function decodeStrictly(text: string): string {
  return text.includes('&') ? replacedInChunks(text, decodedChunk) : text
}

function decodedChunk(text: string): string {
  return OTHER.test(text) ? text.replace(REFERENCE, character) : decodeNamed(text)
}

/** V8 replaces a fixed text several times as fast as what a function gives. */
function decodeNamed(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
}

function character(match: string, name: string | undefined, decimal: string | undefined, hexadecimal: string | undefined): string {
  if (name !== undefined) return NAMED[name] ?? ''
  const point = decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : Number.NaN
  // XML has control characters there, HTML and everybody who writes them the letters of windows-1252.
  if (!(point <= 0x10ffff) || (point >= 0x7f && point <= 0x9f)) throw new Error(`an unknown reference ${match}`)
  return String.fromCodePoint(point)
}
