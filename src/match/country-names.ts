/** A country or region in both languages, as the platform's own tables (CLDR, through Intl) have it. */
export interface CountryName {
  readonly japanese: string
  readonly english: string
}

let names: readonly CountryName[] | undefined

/** Every country and region, longest Japanese name first; made once. */
export function countryNames(): readonly CountryName[] {
  names ??= build()
  return names
}

function build(): CountryName[] {
  const japanese = new Intl.DisplayNames('ja', { type: 'region', fallback: 'none' })
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  // Former codes (FX, DD, SU) have the names of today's.
  const found = new Map<string, CountryName>()
  for (const code of regionCodes()) {
    const [ja, en] = [japanese.of(code), english.of(code)]
    // Two-character names such as "米国" are not here; one-character ones would be found inside other words.
    if (ja !== undefined && en !== undefined && ja.length >= 2) found.set(ja, { japanese: ja, english: en })
  }
  return [...found.values()].sort((a, b) => b.japanese.length - a.japanese.length)
}

function* regionCodes(): Generator<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  for (const first of letters) for (const second of letters) yield first + second
}
