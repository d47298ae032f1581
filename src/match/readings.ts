import { stemOf } from './english-words.ts'
import { katakanaIn, latinIn } from './japanese-text.ts'
import type { Lexicon } from './lexicon.ts'
import { japaneseFacts } from './number-facts.ts'
import type { Read, Reading } from './reading.ts'
import type { SoundingWords } from './sounding-words.ts'
import { termsIn } from './terms-in.ts'

// Shorter katakana words sound like too many English ones.
const SHORTEST_HEARD = 3

/** Numbers, dates and shares. */
export const factReading: Reading = function* (folded): Iterable<Read> {
  for (const fact of japaneseFacts(folded)) yield { japanese: fact, keys: [[`#${fact}`, 1]] }
}

/** What a post leaves in Latin letters. */
export const latinReading: Reading = function* (folded): Iterable<Read> {
  for (const latin of latinIn(folded)) yield { japanese: latin, keys: [[stemOf(latin), 1]] }
}

/** @param confidence that a term of the lexicon stands for what the lexicon says */
export function lexiconReading(lexicon: Lexicon, confidence = 1): Reading {
  return function* (folded) {
    for (const term of termsIn(folded, lexicon))
      yield { japanese: term, keys: (lexicon.keysOf.get(term) ?? []).map(key => [key, confidence] as const) }
  }
}

/** Katakana that is in no lexicon, by ear. */
export function soundReading(lexicon: Lexicon, sounding: SoundingWords): Reading {
  return function* (folded) {
    for (const katakana of katakanaIn(folded))
      if (katakana.length >= SHORTEST_HEARD && !lexicon.keysOf.has(katakana))
        yield heardAs(
          katakana,
          sounding.of(katakana).map(({ word, cost }) => [word, confidenceOf(cost)] as const),
        )
  }
}

function heardAs(japanese: string, heard: readonly (readonly [word: string, confidence: number])[]): Read {
  return { japanese, keys: heard.map(([word, confidence]) => [stemOf(word), confidence] as const), heard }
}

function confidenceOf(cost: number): number {
  return 1 / (1 + Math.exp(3 * (cost - 1.8)))
}
