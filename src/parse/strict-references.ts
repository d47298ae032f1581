const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));|&/g
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/**
 * Replaces the references that XML itself knows; most texts have none and come back as they are.
 *
 * @throws Error on any other `&`
 */
export function decodeStrictly(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, character) : text
}

function character(match: string, name: string | undefined, decimal: string | undefined, hexadecimal: string | undefined): string {
  if (name !== undefined) return NAMED[name] ?? ''
  const point = decimal !== undefined ? Number(decimal) : hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : Number.NaN
  if (!(point <= 0x10ffff)) throw new Error(`an unknown reference ${match}`)
  return String.fromCodePoint(point)
}
