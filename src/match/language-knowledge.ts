import { type BackgroundRates, backgroundRates } from './background-rates.ts'
import { englishWords } from './english-words.ts'
import type { Lexicon, LexiconEntry } from './lexicon.ts'
import type { Reading } from './reading.ts'
import { factReading, latinReading, lexiconReading, soundReading } from './readings.ts'
import { shippedKatakana, shippedLexicon, shippedRates } from './shipped-lexicon.ts'
import { soundingWords } from './sounding-words.ts'

/** Everything that is known of how Japanese says what English says. */
export interface LanguageKnowledge {
  readonly lexicon: Lexicon
  readonly readings: readonly Reading[]
  /** Whether a post could say what a key stands for: there is a rendering. */
  readonly isKnowable: (key: string) => boolean
  readonly rates: BackgroundRates
  /** Makes the words of an article known to the readings that go by ear. */
  readonly hear: (english: string) => void
}

/**
 * What ships with the program, with an operator's own entries. It is read from its files each time, which takes a quarter
 * of a second.
 */
export function languageKnowledge({ own = [] }: { readonly own?: Iterable<LexiconEntry> } = {}): LanguageKnowledge {
  const lexicon = shippedLexicon(own)
  const sounding = soundingWords(shippedKatakana())
  return {
    lexicon,
    readings: [factReading, latinReading, lexiconReading(lexicon), soundReading(lexicon, sounding)],
    isKnowable: key => lexicon.keys.has(key),
    rates: backgroundRates(shippedRates()),
    hear: english => sounding.add(englishWords(english).map(({ text }) => text)),
  }
}
