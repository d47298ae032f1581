import type { Lesson } from '../domain/lesson.ts'

/** A Japanese word that stands for an English expression as far as the linked pairs show. */
export interface Association {
  /** Folded. */
  readonly japanese: string
  /** A key, and how originals write it. */
  readonly english: string
  readonly written: string
  /** Pairs in which both are, in which the Japanese is, and in which the English is. */
  readonly together: number
  readonly japaneseIn: number
  readonly englishIn: number
  /** Dunning's log-likelihood ratio that they go together (Computational Linguistics 19(1), 1993), in nats, times two. */
  readonly likelihood: number
}

// Both seen in fewer pairs is chance.
const LEAST_TOGETHER = 3
// A translation says things in the order of its original, this many English characters more or less.
const NEAR = 400
// What is left when a word means several things is no more than this far from always: Dice's coefficient.
const LEAST_DICE = 0.5
// With a million of possible pairs, chance reaches 13.8 nats once: twice that much is needed.
const LEAST_LIKELIHOOD = 15

/**
 * Which words go together in the linked pairs, strongest first. Each word is taken by the one it goes with best, and no
 * word by two (competitive linking; Melamed, Computational Linguistics 26(2), 2000): what merely stands near a name in
 * every text of one affair stays alone. The order of the lessons makes no difference.
 */
export function associations(lessons: readonly Lesson[]): readonly Association[] {
  const open = lessons.map(({ original, unexplained }) => ({
    japanese: unexplained,
    english: original.filter(({ written }) => written !== undefined),
  }))
  const japaneseIn = counted(open, ({ japanese }) => japanese.map(({ word }) => word))
  const englishIn = counted(open, ({ english }) => english.map(({ word }) => word))
  const together = new Map<string, Map<string, number>>()
  for (const { japanese, english } of open)
    for (const { word, at } of japanese) {
      if ((japaneseIn.get(word) ?? 0) < LEAST_TOGETHER) continue
      const partners = together.get(word) ?? new Map<string, number>()
      together.set(word, partners)
      for (const { word: key, at: place } of english)
        if (Math.abs(place - at) <= NEAR && (englishIn.get(key) ?? 0) >= LEAST_TOGETHER) partners.set(key, (partners.get(key) ?? 0) + 1)
    }
  const writtenAs = new Map(
    open
      .flatMap(({ english }) => english.map(({ word, written = word }) => [word, written] as const))
      .toSorted()
      .toReversed(),
  )
  const found: Association[] = []
  for (const [japanese, partners] of together)
    for (const [english, both] of partners) {
      const [inJapanese, inEnglish] = [japaneseIn.get(japanese) ?? 0, englishIn.get(english) ?? 0]
      if (both < LEAST_TOGETHER || (2 * both) / (inJapanese + inEnglish) < LEAST_DICE) continue
      const likelihood = logLikelihood(both, inJapanese, inEnglish, lessons.length)
      if (likelihood >= LEAST_LIKELIHOOD)
        found.push({
          japanese,
          english,
          written: writtenAs.get(english) ?? english,
          together: both,
          japaneseIn: inJapanese,
          englishIn: inEnglish,
          likelihood,
        })
    }
  return linked(found)
}

/** Takes the strongest, and with it both its words from all others; of equally strong ones that share a word, none. */
function linked(found: readonly Association[]): readonly Association[] {
  const taken = new Set<string>()
  const kept: Association[] = []
  const sorted = found.toSorted((a, b) => b.likelihood - a.likelihood || compare(a.japanese, b.japanese) || compare(a.english, b.english))
  for (let start = 0; start < sorted.length; ) {
    let end = start
    while (end < sorted.length && sorted[end]?.likelihood === sorted[start]?.likelihood) end++
    const free = wholeWords(
      sorted.slice(start, end).filter(({ japanese, english }) => !taken.has(`j${japanese}`) && !taken.has(`e${english}`)),
    )
    const rivals = counted(
      free.map(({ japanese, english }) => [`j${japanese}`, `e${english}`]),
      words => words,
    )
    for (const one of free) {
      const isAlone = rivals.get(`j${one.japanese}`) === 1 && rivals.get(`e${one.english}`) === 1
      if (isAlone) kept.push(one)
    }
    for (const { japanese, english } of free) taken.add(`j${japanese}`).add(`e${english}`)
    start = end
  }
  return kept
}

/** Of a compound and its parts that always come together, the compound is what the English stands for. */
function wholeWords(equals: readonly Association[]): readonly Association[] {
  return equals.filter(
    ({ japanese, english }) =>
      !equals.some(other => other.english === english && other.japanese !== japanese && other.japanese.includes(japanese)),
  )
}

function counted<T>(items: readonly T[], wordsOf: (item: T) => readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) for (const word of new Set(wordsOf(item))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function logLikelihood(both: number, first: number, second: number, all: number): number {
  const table = [both, first - both, second - both, all - first - second + both]
  const rows = [first, first, all - first, all - first]
  const columns = [second, all - second, second, all - second]
  return (
    2 * table.reduce((sum, seen, at) => sum + (seen <= 0 ? 0 : seen * Math.log((seen * all) / ((rows[at] ?? 1) * (columns[at] ?? 1)))), 0)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
