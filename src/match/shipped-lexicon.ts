import { readdirSync, readFileSync } from 'node:fs'
import { NOTHING_COUNTED, type PairCounts } from './background-rates.ts'
import { intlNames } from './intl-names.ts'
import { type KanjiReadings, readKanjiReadings } from './kanji-reading-table.ts'
import { type KatakanaModel, readKatakanaModel } from './katakana-english.ts'
import { type Lexicon, type LexiconEntry, lexiconOf, readEntries } from './lexicon.ts'

/** Where the lexicon lies, in the sources and in a build. */
export const LEXICON_FOLDER = new URL('./lexicon/', import.meta.url)
const MODEL = 'katakana.tsv'
const RATES = 'background.tsv'
const COVERAGE = 'coverage.tsv'
const KANJI = 'kanji-readings.tsv'
const NO_ENTRIES: ReadonlySet<string> = new Set([MODEL, RATES, COVERAGE, KANJI])

/** The lexicon that comes with the program, with an operator's own entries first. It is read from its files each time. */
export function shippedLexicon(own: Iterable<LexiconEntry> = []): Lexicon {
  return lexiconOf([...own, ...shippedEntries()])
}

/** The lines of the lexicon's files and the names that the platform knows. */
export function shippedEntries(): readonly LexiconEntry[] {
  const files = readdirSync(LEXICON_FOLDER).filter(name => name.endsWith('.tsv') && !NO_ENTRIES.has(name))
  const words = files.toSorted().flatMap(name => readEntries(readFileSync(new URL(name, LEXICON_FOLDER), 'utf8')))
  const expressions = new Set(words.map(({ english }) => english.toLowerCase()))
  // The platform's own tables know every country; newspapers often call them otherwise, which the files do.
  return [...words, ...intlNames(english => expressions.has(english))]
}

/** How katakana sounds in English letters. */
export function shippedKatakana(): KatakanaModel {
  return readKatakanaModel(readFileSync(new URL(MODEL, LEXICON_FOLDER), 'utf8'))
}

/** How the characters of names are read. */
export function shippedKanjiReadings(): KanjiReadings {
  return readKanjiReadings(readFileSync(new URL(KANJI, LEXICON_FOLDER), 'utf8'))
}

/** How often any post says something: by key, in (0, 1). */
export function shippedRates(): ReadonlyMap<string, number> {
  return new Map(rowsOf(RATES).map(([key = '', rate]) => [key, Number(rate)] as const))
}

/** How often translations say something that stands in their originals. What any post says is in `shippedRates`. */
export function shippedCounts(): PairCounts {
  const rows = rowsOf(COVERAGE)
  return {
    ...NOTHING_COUNTED,
    inOriginals: new Map(rows.map(([key = '', seen]) => [key, Number(seen)] as const)),
    covered: new Map(rows.map(([key = '', , covered]) => [key, Number(covered)] as const)),
  }
}

// A key may begin with #; a comment has a space behind it.
function rowsOf(name: string): readonly (readonly string[])[] {
  const lines = readFileSync(new URL(name, LEXICON_FOLDER), 'utf8').split('\n')
  return lines.filter(line => line !== '' && !line.startsWith('# ')).map(line => line.split('\t'))
}
