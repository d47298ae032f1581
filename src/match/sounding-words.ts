import { englishSkeleton, katakanaSkeleton } from './katakana.ts'
import { earOf, type KatakanaModel, moraeOf, soundCost } from './katakana-english.ts'

/** English words that katakana may stand for, best first; `cost` in nats a mora. */
export interface SoundingWord {
  readonly word: string
  readonly cost: number
}

/** The vocabulary of the articles, found by ear. */
export interface SoundingWords {
  /** Makes words known; ones that are known cost nothing. */
  readonly add: (words: Iterable<string>) => void
  /** Words that a folded katakana word may be; kept until the vocabulary grows. */
  readonly of: (katakana: string) => readonly SoundingWord[]
}

const MOST_COST = 2.2
const SHORTEST = 3
// Far more than sound alike: only what is next to certain not to be meant is cut off.
const MOST_WORDS = 64

/** @param maxKept katakana words whose answers are kept */
export function soundingWords(model: KatakanaModel, maxKept = 50_000): SoundingWords {
  const ear = earOf(model)
  const bySkeleton = new Map<string, { readonly word: string; readonly skeleton: string; readonly runs: Int32Array }[]>()
  const known = new Set<string>()
  const answers = new Map<string, { readonly size: number; readonly found: readonly SoundingWord[] }>()
  return {
    add: words => {
      for (const word of words) {
        if (known.has(word) || word.length < SHORTEST || !/^[a-z]+$/.test(word)) continue
        known.add(word)
        const skeleton = englishSkeleton(word)
        const bucket = bySkeleton.get(bucketOf(skeleton))
        const heard = { word, skeleton, runs: ear.runsOf(word) }
        if (bucket === undefined) bySkeleton.set(bucketOf(skeleton), [heard])
        else bucket.push(heard)
      }
    },
    of: katakana => {
      const kept = answers.get(katakana)
      if (kept?.size === known.size) return kept.found
      const heard = katakanaSkeleton(katakana)
      const candidates = bySkeleton.get(bucketOf(heard)) ?? []
      const near = candidates.filter(
        ({ word, skeleton }) =>
          Math.abs(skeleton.length - heard.length) <= 2 && Math.abs(word.length - katakana.length * 1.8) <= 2 + katakana.length * 0.8,
      )
      const morae = moraeOf(katakana)
      const found = near
        .map(({ word, runs }) => ({ word, cost: soundCost(morae, runs, ear, MOST_COST) }))
        .filter(({ cost }) => cost <= MOST_COST)
        .sort((a, b) => a.cost - b.cost)
        .slice(0, MOST_WORDS)
      if (answers.size >= maxKept) answers.clear()
      answers.set(katakana, { size: known.size, found })
      return found
    },
  }
}

/** Words that sound alike begin alike. */
function bucketOf(skeleton: string): string {
  return skeleton.slice(0, 2)
}
