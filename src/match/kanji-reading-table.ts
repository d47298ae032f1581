import { foldedName, NAME_LANGUAGES, type NameLanguage, wadeGiles } from './romanisation.ts'

/** How characters are read in names, by language: folded readings by character or group of characters. */
export type KanjiReadings = Readonly<Record<NameLanguage, ReadonlyMap<string, readonly string[]>>>

/** Reads lines of a character and its Japanese, Chinese and Korean readings, tab between, as `kanji-readings.tsv` has them. */
export function readKanjiReadings(text: string): KanjiReadings {
  const readings = { japanese: new Map<string, string[]>(), chinese: new Map<string, string[]>(), korean: new Map<string, string[]>() }
  const folded = { japanese: new Map<string, string[]>(), chinese: new Map<string, string[]>(), korean: new Map<string, string[]>() }
  for (const line of text.split('\n')) {
    const [kanji = '', ...columns] = line.startsWith('#') ? [] : line.split('\t')
    if (kanji === '') continue
    for (const [index, language] of NAME_LANGUAGES.entries()) {
      const column = columns[index] ?? ''
      // Most characters of Chinese and Korean are read as many others are.
      const known = folded[language].get(column) ?? foldedReadings(column, language)
      folded[language].set(column, known)
      if (known.length > 0) readings[language].set(kanji, known)
    }
  }
  return readings
}

function foldedReadings(column: string, language: NameLanguage): string[] {
  const written = column.split(',').filter(reading => reading !== '')
  return [...new Set(written.flatMap(reading => spellings(reading, language)).map(reading => foldedName(reading, language)))]
}

/** What differs from the table by rule: Taiwan's spelling, and North Korea's o for the eo of the South. */
function spellings(reading: string, language: NameLanguage): readonly string[] {
  if (language === 'chinese') return [reading, wadeGiles(reading)]
  return language === 'korean' && reading.includes('eo') ? [reading, reading.replace('eo', 'o')] : [reading]
}
