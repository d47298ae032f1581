import { DAY, type Instant } from '../domain/time.ts'
import type { PairCounts } from '../match/background-rates.ts'
import { type Learned, learnedFrom, NOTHING_LEARNED } from '../match/learned.ts'
import type { Association } from '../match/word-associations.ts'
import type { Store } from '../store/store.ts'

/** What was learnt, and from which lessons. */
export interface LearnedEdition {
  readonly learned: Learned
  /** Names the lessons it was learnt from. */
  readonly edition: string
}

const NOTICE = 'learned'
// A lesson more changes little, and everything that was judged by what texts say is judged anew after each change.
const WORTH_A_CHANGE = 1.05
const LONGEST_WAIT = DAY

interface Kept {
  readonly state: string
  readonly lessons: number
  readonly associations: readonly Association[]
  readonly pairs: number
  readonly usualLag: number
  readonly said: readonly (readonly [string, number])[]
  readonly inOriginals: readonly (readonly [string, number])[]
  readonly covered: readonly (readonly [string, number])[]
}

/** What was learnt when lessons were last gone through. */
export async function knownLearned({ notices }: Pick<Store, 'notices'>): Promise<LearnedEdition> {
  const kept = (await notices.get(NOTICE))?.document as Kept | undefined
  if (kept === undefined) return { learned: NOTHING_LEARNED, edition: '' }
  const { associations, usualLag, pairs, said, inOriginals, covered } = kept
  const counts: PairCounts = { pairs, said: new Map(said), inOriginals: new Map(inOriginals), covered: new Map(covered) }
  return { learned: { counts, usualLag, associations }, edition: kept.pairs === 0 ? '' : kept.state }
}

/**
 * Goes through the lessons again where they are others than last time and that is worth it: a twentieth more or fewer, or
 * a day gone by. Gives whether what is known has changed.
 */
export async function learn({ notices, lessons }: Pick<Store, 'notices' | 'lessons'>, now: Instant): Promise<boolean> {
  const notice = await notices.get(NOTICE)
  const kept = notice?.document as Kept | undefined
  const [state, count] = [await lessons.stateDigest(), await lessons.count()]
  if (kept?.state === state || (kept === undefined && count === 0)) return false
  const before = kept?.lessons ?? 0
  const isWorthIt = count > before * WORTH_A_CHANGE || count * WORTH_A_CHANGE < before || now - (notice?.at ?? 0) >= LONGEST_WAIT
  if (!isWorthIt) return false
  const { counts, usualLag, associations } = learnedFrom(await lessons.all())
  const rounded = (map: ReadonlyMap<string, number>) => [...map].map(([key, value]) => [key, Math.round(value * 100) / 100] as const)
  const document: Kept = {
    state,
    lessons: count,
    associations,
    pairs: counts.pairs,
    usualLag,
    said: rounded(counts.said),
    inOriginals: rounded(counts.inOriginals),
    covered: rounded(counts.covered),
  }
  await notices.put(NOTICE, document, now)
  return counts.pairs > 0 || (kept?.pairs ?? 0) > 0
}
