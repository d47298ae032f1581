import type { Lesson, Placed } from '../domain/lesson.ts'
import type { Unit } from './article-units.ts'
import type { PairCounts } from './background-rates.ts'
import { foldJapanese, isKanji, isKatakana } from './japanese-text.ts'
import type { Lexicon } from './lexicon.ts'
import { ENGLISH_PER_JAPANESE, type PostCoverage } from './post-coverage.ts'

const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' })
const LONGEST_TERM = 12
// Of a text that leaves more than this unexplained, the beginning.
const MOST_UNEXPLAINED = 120

/**
 * What a post and the article it translates show of each other.
 *
 * @param post.lag days from the article to the post
 */
export function lessonOf(
  post: { readonly title: string; readonly body: string; readonly lag: number },
  coverage: PostCoverage,
  units: readonly Unit[],
  { keysOf }: Pick<Lexicon, 'keysOf'>,
): Lesson {
  const original = units
    .filter(({ field, at }) => field !== 'body' || at <= coverage.reach)
    .map(({ key, field, at, written }) => ({
      word: key,
      at: field === 'title' ? 0 : at,
      ...(coverage.all.has(key) || key.startsWith('#') ? {} : { written }),
    }))
  const keys = new Set(units.map(({ key }) => key))
  const met = new Set([...keys].flatMap(key => coverage.all.get(key)?.japanese ?? []))
  const isExplained = (word: string) => met.has(word) || (keysOf.get(word) ?? []).some(key => keys.has(key))
  const unexplained = placedWords(post)
    .filter(({ word }) => !isExplained(word))
    .slice(0, MOST_UNEXPLAINED)
  return {
    lag: post.lag,
    said: [...coverage.all].map(([key, { confidence }]) => [key, Math.round(confidence * 100) / 100] as const),
    original,
    unexplained,
  }
}

/** Counts what pairs show of single words. */
export function pairCounts(lessons: readonly Lesson[]): PairCounts {
  const [said, inOriginals, covered] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()]
  const add = (counts: Map<string, number>, key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by)
  for (const lesson of lessons) {
    const confidences = new Map(lesson.said)
    for (const [key, confidence] of confidences) add(said, key, confidence)
    for (const { word } of lesson.original) {
      add(inOriginals, word, 1)
      add(covered, word, confidences.get(word) ?? 0)
    }
  }
  return { pairs: lessons.length, said, inOriginals, covered }
}

/** Words that mean something by themselves: those in katakana, and those with kanji, alone and joined to compounds. */
function placedWords(post: { readonly title: string; readonly body: string }): readonly Placed[] {
  const words = new Map<string, number>()
  for (const [text, scale] of [
    [post.title, 0],
    [post.body, ENGLISH_PER_JAPANESE],
  ] as const) {
    const folded = foldJapanese(text)
    const take = (word: string, at: number) => {
      if (word.length <= LONGEST_TERM && !words.has(word)) words.set(word, Math.round(at * scale))
    }
    for (const run of folded.matchAll(/[ァ-ヺー]{2,}|[\p{Script=Han}々]{2,}/gu)) take(run[0], run.index)
    for (const { segment, index, isWordLike } of SEGMENTER.segment(folded))
      if (isWordLike === true && segment.length >= 2 && (isKanji(segment[0]) || isKatakana(segment[0]))) take(segment, index)
  }
  return [...words].map(([word, at]) => ({ word, at }))
}
