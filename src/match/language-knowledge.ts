import { type BackgroundRates, backgroundRates } from './background-rates.ts'
import type { Dictionary } from './dictionary.ts'
import { dictionaryReading } from './dictionary-reading.ts'
import { englishWords } from './english-words.ts'
import { kanjiNameReading } from './kanji-name-reading.ts'
import { type Learned, learnedReading, NOTHING_LEARNED } from './learned.ts'
import type { Lexicon, LexiconEntry } from './lexicon.ts'
import { nameVocabulary } from './name-vocabulary.ts'
import type { Reading } from './reading.ts'
import { factReading, latinReading, lexiconReading, soundReading } from './readings.ts'
import { shippedCounts, shippedKanjiReadings, shippedKatakana, shippedLexicon, shippedRates } from './shipped-lexicon.ts'
import { soundingWords } from './sounding-words.ts'

/** Everything that is known of how Japanese says what English says. */
export interface LanguageKnowledge {
  readonly lexicon: Lexicon
  readonly readings: readonly Reading[]
  /** Whether a post could say what a key stands for: there is a rendering. */
  readonly isKnowable: (key: string) => boolean
  readonly rates: BackgroundRates
  /** Days after which half of the operator's translations have come. */
  readonly usualLag: number
  /** Makes the words of an article known to the readings that go by ear. */
  readonly hear: (english: string) => void
  /** The same with what other lessons teach, and without a word of any article heard; costs next to nothing. */
  readonly anew: (learned?: Learned) => LanguageKnowledge
}

/**
 * What ships with the program, with an operator's own entries. It is read from its files each time, which takes a quarter
 * of a second.
 *
 * @param options.learned what the operator's linked pairs teach
 * @param options.dictionary used for what the lexicon does not know
 */
export function languageKnowledge({
  own = [],
  learned = NOTHING_LEARNED,
  dictionary,
}: {
  readonly own?: Iterable<LexiconEntry>
  readonly learned?: Learned
  readonly dictionary?: Dictionary | undefined
} = {}): LanguageKnowledge {
  const lexicon = shippedLexicon(own)
  const [katakana, kanjiReadings] = [shippedKatakana(), shippedKanjiReadings()]
  const [rates, counts] = [shippedRates(), shippedCounts()]
  const anew = ({ associations, counts: shown, usualLag }: Learned = NOTHING_LEARNED): LanguageKnowledge => {
    const learnedKeys = new Set(associations.map(({ english }) => english))
    const sounding = soundingWords(katakana)
    const names = nameVocabulary(stem => lexicon.keys.has(stem))
    return {
      lexicon,
      readings: [
        ...[factReading, latinReading, lexiconReading(lexicon), soundReading(lexicon, sounding)],
        kanjiNameReading(kanjiReadings, names, lexicon),
        ...(associations.length === 0 ? [] : [learnedReading(associations)]),
        ...(dictionary === undefined ? [] : [dictionaryReading(dictionary, lexicon)]),
      ],
      isKnowable: key => lexicon.keys.has(key) || learnedKeys.has(key),
      rates: backgroundRates(rates, counts, shown),
      usualLag,
      hear: english => {
        const words = englishWords(english)
        sounding.add(words.map(({ text }) => text))
        names.hear(english, words)
      },
      anew,
    }
  }
  return anew(learned)
}
