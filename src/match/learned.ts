import type { Lesson } from '../domain/lesson.ts'
import { NOTHING_COUNTED, type PairCounts } from './background-rates.ts'
import { pairCounts } from './lesson.ts'
import type { Reading } from './reading.ts'
import { termsIn } from './terms-in.ts'
import { type Association, associations } from './word-associations.ts'

/** What an operator's linked pairs teach. It depends on which pairs there are, not on the order in which they came. */
export interface Learned {
  readonly counts: PairCounts
  /** Days after which half of the translations have come. */
  readonly usualLag: number
  /** Strongest first. */
  readonly associations: readonly Association[]
}

export const NOTHING_LEARNED: Learned = { counts: NOTHING_COUNTED, usualLag: 10, associations: [] }

/** From fewer pairs nothing is learnt: each of them would weigh too much. */
export const LEAST_LESSONS = 30

/** What pairs teach; nothing where they are too few. */
export function learnedFrom(lessons: readonly Lesson[]): Learned {
  if (lessons.length < LEAST_LESSONS) return NOTHING_LEARNED
  return { counts: pairCounts(lessons), usualLag: usualLagOf(lessons), associations: associations(lessons) }
}

// Somebody who always translates within the hour may be ill for a day.
const LEAST_LAG = 0.5

function usualLagOf(lessons: readonly Lesson[]): number {
  const lags = lessons.map(({ lag }) => lag).toSorted((a, b) => a - b)
  return Math.max(LEAST_LAG, lags[Math.floor(lags.length / 2)] ?? NOTHING_LEARNED.usualLag)
}

/** Reads the words that the pairs have taught. */
export function learnedReading(learnt: readonly Association[]): Reading {
  const keysOf = new Map(learnt.map(({ japanese, english }) => [japanese, [english]] as const))
  const beginnings = new Set(learnt.flatMap(({ japanese }) => [...japanese].map((_, at) => japanese.slice(0, at + 1))))
  const confidences = new Map(learnt.map(association => [association.japanese, confidenceOf(association)] as const))
  return function* (folded) {
    for (const term of termsIn(folded, { keysOf, beginnings }))
      yield { japanese: term, keys: (keysOf.get(term) ?? []).map(key => [key, confidences.get(term) ?? 0] as const) }
  }
}

/** That a word stands for what it was seen with: in how many of the pairs that have it, one more held against it. */
function confidenceOf({ together, japaneseIn }: Association): number {
  return together / (japaneseIn + 1)
}
