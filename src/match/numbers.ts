// What counts as a number worth sharing: at least two digits, or a decimal. Single digits occur everywhere.
const NUMBER = /\d+(?:[.,]\d+)*/g

/** The numbers in a text in any width, thousands separators removed; single digits and recent years are left out. */
export function numbersIn(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [match] of text.normalize('NFKC').matchAll(NUMBER)) {
    const number = match.replace(/,(?=\d{3}\b)/g, '')
    if (number.length >= 2 && !isYear(number)) found.add(number)
  }
  return found
}

/** Years say when, not what: nearly every article of a year shares them. */
function isYear(number: string): boolean {
  return /^20[12]\d$/.test(number)
}
