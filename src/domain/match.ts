import type { EntryKey, OutletId } from './identifiers.ts'
import type { Instant } from './time.ts'

/** One reason to believe, or to doubt, that a post translates an article. */
export type Evidence =
  | { readonly kind: 'operator-pair'; readonly where: string; readonly url: string }
  | { readonly kind: 'stated-original'; readonly where: string; readonly url?: string; readonly title?: string }
  | { readonly kind: 'cited-address'; readonly url: string; readonly as: 'link' | 'text'; readonly isCredit: boolean }
  | { readonly kind: 'english-title'; readonly line: string; readonly similarity: number }
  | { readonly kind: 'author-and-date'; readonly author: string; readonly date: Instant }
  | { readonly kind: 'outlet-named'; readonly outlet: OutletId }
  | { readonly kind: 'author-named'; readonly author: string }
  | { readonly kind: 'lag'; readonly days: number }
  /** The post is this many times as long as a translation of the article usually is. */
  | { readonly kind: 'too-long'; readonly times: number }
  | { readonly kind: 'shared-numbers'; readonly values: readonly string[]; readonly weight: number }
  | { readonly kind: 'shared-latin-words'; readonly values: readonly string[]; readonly weight: number }
  | { readonly kind: 'katakana-names'; readonly pairs: readonly (readonly [ja: string, en: string])[]; readonly weight: number }
  | { readonly kind: 'rendered-words'; readonly pairs: readonly (readonly [ja: string, en: string])[]; readonly weight: number }
  /** `share` in [0, 1] of what the article says, by rarity; `isPart` where that is too little for a translation. */
  | { readonly kind: 'share-covered'; readonly share: number; readonly isPart: boolean }
  | { readonly kind: 'missing-numbers'; readonly values: readonly string[] }
  | { readonly kind: 'country-names'; readonly pairs: readonly (readonly [ja: string, en: string])[]; readonly weight: number }
  /** The post says much of another article that this one does not say. */
  | { readonly kind: 'two-originals'; readonly other: string }
  | { readonly kind: 'ambiguous'; readonly between: readonly string[] }

/** How strong the decisive evidence is: 1 operator, 2 address, 3 title or byline, 4 what both texts say. */
export type Tier = 1 | 2 | 3 | 4

/**
 * The article a post translates. `entry` is null while no polled feed has shown the article;
 * a cited address alone is enough to name it.
 */
export interface Original {
  readonly entry: EntryKey | null
  readonly outlet: OutletId | null
  readonly url: string | null
  /** The comparison form of `url`. */
  readonly address: string | null
  readonly title: string | null
}

/** A candidate that was weighed, with what spoke for and against it. */
export interface Candidate {
  readonly original: Original
  readonly tier: Tier
  /** In [0, 1]; a rank within its tier, calibrated only where the tier says so. */
  readonly score: number
  readonly evidence: readonly Evidence[]
}

/** `accepted` is published as the original, `proposed` waits for the operator, `rejected` is the operator's no. */
export type MatchState = 'accepted' | 'proposed' | 'rejected'

/** "This post translates this article": the judgement that is kept, with its reasons. */
export interface Match {
  readonly post: EntryKey
  readonly state: MatchState
  readonly decidedBy: 'machine' | 'operator'
  readonly original: Original
  readonly tier: Tier
  readonly score: number
  readonly evidence: readonly Evidence[]
  /** The candidates that lost, best first, at most five. */
  readonly runnersUp: readonly Candidate[]
}

/** What judging one post came to: a match, or why there is none. */
export type Judgement =
  | { readonly kind: 'match'; readonly match: Match }
  | { readonly kind: 'none'; readonly post: EntryKey; readonly because: string; readonly runnersUp: readonly Candidate[] }
