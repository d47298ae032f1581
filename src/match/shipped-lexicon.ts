import { readdirSync, readFileSync } from 'node:fs'
import { countryNames } from './country-names.ts'
import { type KatakanaModel, readKatakanaModel } from './katakana-english.ts'
import { type Lexicon, type LexiconEntry, lexiconOf, readEntries } from './lexicon.ts'

/** Where the lexicon lies, in the sources and in a build. */
export const LEXICON_FOLDER = new URL('./lexicon/', import.meta.url)
const MODEL = 'katakana.tsv'
const RATES = 'background.tsv'

/** The lexicon that comes with the program, with an operator's own entries first. It is read from its files each time. */
export function shippedLexicon(own: Iterable<LexiconEntry> = []): Lexicon {
  const files = readdirSync(LEXICON_FOLDER).filter(name => name.endsWith('.tsv') && name !== MODEL && name !== RATES)
  const shipped = files.toSorted().flatMap(name => readEntries(readFileSync(new URL(name, LEXICON_FOLDER), 'utf8')))
  // The platform's own tables (CLDR) know every country; newspapers often call them otherwise, which the files do.
  const countries = countryNames().map(({ english, japanese }) => ({ english: english.toLowerCase(), japanese: [japanese] }))
  return lexiconOf([...own, ...shipped, ...countries])
}

/** How katakana sounds in English letters. */
export function shippedKatakana(): KatakanaModel {
  return readKatakanaModel(readFileSync(new URL(MODEL, LEXICON_FOLDER), 'utf8'))
}

/** How often any post says something: by key, in (0, 1). */
export function shippedRates(): ReadonlyMap<string, number> {
  const lines = readFileSync(new URL(RATES, LEXICON_FOLDER), 'utf8').split('\n')
  return new Map(
    lines.flatMap(line => {
      const [key = '', rate = ''] = line.startsWith('# ') ? [] : line.split('\t')
      return key === '' ? [] : [[key, Number(rate)] as const]
    }),
  )
}
