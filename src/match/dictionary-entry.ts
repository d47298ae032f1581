import { foldJapanese } from './japanese-text.ts'

/** An entry of a Japanese-English dictionary. */
export interface DictionaryEntry {
  /** Headwords in kanji, or in kana where there is no kanji. */
  readonly written: readonly string[]
  /** How they are read; empty where they are in kana. */
  readonly readings: readonly string[]
  /**
   * What it means, as EDICT has it between its slashes: `(n) (1) gloss/gloss/(2) (uk) gloss`. Dictionaries of every form
   * are kept so, as most entries are never asked for.
   */
  readonly body: string
}

const [SHORTEST_TERM, LONGEST_TERM, SHORTEST_IN_KANA] = [2, 16, 4]
const USUALLY_KANA = /[(,]uk[,)]/
const NEEDS_NO_FOLDING = /^[一-鿿々ぁ-ゖ]+$/
const HAN = /[\p{Script=Han}々〆]/u
const NOT_JAPANESE = /[^\p{Script=Han}々〆ぁ-ゖァ-ヺー]/u

/** The folded terms by which an entry is found in a text; those that would be found everywhere are left out. */
export function termsOf({ written, readings, body }: DictionaryEntry): readonly string[] {
  const forms = readings.length > 0 && USUALLY_KANA.test(body) ? [...written, ...readings] : written
  return forms.map(form => (NEEDS_NO_FOLDING.test(form) ? form : foldJapanese(form))).filter(isTelling)
}

function isTelling(term: string): boolean {
  if (term.length < SHORTEST_TERM || term.length > LONGEST_TERM || NOT_JAPANESE.test(term)) return false
  return term.length >= SHORTEST_IN_KANA || HAN.test(term)
}
