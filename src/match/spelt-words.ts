import type { KanjiReadings } from './kanji-reading-table.ts'
import { romajiOf } from './katakana.ts'
import type { NameVocabulary, NameWord } from './name-vocabulary.ts'
import { joined, type NameLanguage } from './romanisation.ts'

/** A part of a run of characters that spells a word of the vocabulary. */
export interface Spelling {
  readonly end: number
  readonly word: NameWord
  /** Of the folded spelling. */
  readonly letters: number
  /** In how many ways the characters can be read. */
  readonly ways: number
}

const LONGEST_GROUP = 3
const LONGEST_SPELLING = 6

/** The words of the vocabulary that the characters from `start` on spell when they are read as names are. */
export function spellingsAt(
  run: string,
  start: number,
  language: NameLanguage,
  readings: KanjiReadings,
  vocabulary: NameVocabulary,
): readonly Spelling[] {
  const found: Spelling[] = []
  const goOn = (at: number, beginning: string, ways: number) => {
    if (at > start) for (const word of vocabulary.of(beginning, language)) found.push({ end: at, word, letters: beginning.length, ways })
    for (let end = at + 1; end <= Math.min(run.length, at + LONGEST_GROUP, start + LONGEST_SPELLING); end++) {
      const known = readingsOf(run, at, end, language, readings)
      for (const reading of known) {
        // No Japanese name begins with p; characters have such readings behind others.
        if (at === start && language === 'japanese' && reading.startsWith('p')) continue
        const next = appended(beginning, reading, run[at], language)
        if (vocabulary.begins(next, language)) goOn(end, next, ways * known.length)
      }
    }
  }
  goOn(start, '', 1)
  return found
}

const NONE: readonly string[] = []

function readingsOf(run: string, start: number, end: number, language: NameLanguage, readings: KanjiReadings): readonly string[] {
  const characters = run.slice(start, end)
  const known = readings[language].get(characters === '々' ? (run[start - 1] ?? '') : characters)
  if (known !== undefined || language !== 'japanese' || end > start + 1) return known ?? NONE
  const romaji = kana(characters)
  return romaji === undefined ? NONE : [romaji]
}

/** Hiragana and katakana spell what they are. */
function kana(character: string): string | undefined {
  const katakana = /[ぁ-ゖ]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0x60) : character
  return /[ァ-ヺー]/.test(katakana) ? romajiOf(katakana).replace(/^d([iu])/, 'z$1') : undefined
}

/** A small や takes the place of a vowel. */
function appended(beginning: string, reading: string, character: string | undefined, language: NameLanguage): string {
  return joined(/[ゃゅょャュョ]/.test(character ?? '') ? beginning.slice(0, -1) : beginning, reading, language)
}
