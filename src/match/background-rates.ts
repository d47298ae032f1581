/** How often posts say something: whatever they translate, and where it stands in their original. */
export interface BackgroundRates {
  /** Of all posts, those that say it; in (0, 1). */
  readonly rateOf: (key: string) => number
  /**
   * Of the translations of articles that say it, those that are seen to say it; in (0, 1).
   *
   * @param usual for words of which nothing is known
   */
  readonly coveredRateOf: (key: string, usual: number) => number
}

/** What was counted over pairs of posts and their originals. */
export interface PairCounts {
  readonly pairs: number
  /** By key: the posts that say it, weighed by confidence. */
  readonly said: ReadonlyMap<string, number>
  /** By key: the originals that say it, and of these the ones whose post says it too. */
  readonly inOriginals: ReadonlyMap<string, number>
  readonly covered: ReadonlyMap<string, number>
}

export const NOTHING_COUNTED: PairCounts = { pairs: 0, said: new Map(), inOriginals: new Map(), covered: new Map() }

// What ships was counted over 123 posts: a blog's own posts count the same each.
const SHIPPED_POSTS = 123
// So many sightings of a word count as much as what is usual for all words.
const USUAL_SIGHTINGS = 3
const [LEAST_COVERED, MOST_COVERED] = [0.05, 0.95]
const [LEAST_RATE, MOST_RATE] = [1e-3, 0.95]

/**
 * The shipped rates, and usual ones for what was not counted, with what an operator's linked posts show. Posts that are
 * being judged do not change them: what is said of a post would depend on which others came before it.
 *
 * @param shipped rates by key
 * @param counts what was counted over pairs, the shipped ones and the operator's own
 */
export function backgroundRates(
  shipped: ReadonlyMap<string, number>,
  ...[known = NOTHING_COUNTED, own = NOTHING_COUNTED]: readonly PairCounts[]
): BackgroundRates {
  const count = (counts: 'inOriginals' | 'covered', key: string) => (known[counts].get(key) ?? 0) + (own[counts].get(key) ?? 0)
  return {
    rateOf: key => {
      const usual = shipped.get(key) ?? usualRate(key)
      const rate = own.pairs === 0 ? usual : (usual * SHIPPED_POSTS + (own.said.get(key) ?? 0)) / (SHIPPED_POSTS + own.pairs)
      return Math.min(MOST_RATE, Math.max(LEAST_RATE, rate))
    },
    coveredRateOf: (key, usual) => {
      const rate = (count('covered', key) + USUAL_SIGHTINGS * usual) / (count('inOriginals', key) + USUAL_SIGHTINGS)
      return Math.min(MOST_COVERED, Math.max(LEAST_COVERED, rate))
    },
  }
}

function usualRate(key: string): number {
  if (!key.startsWith('#')) return 0.003
  if (/^#n\d$/.test(key)) return 0.2
  if (/^#n\d{2}$/.test(key)) return 0.03
  return key.startsWith('#y20') ? 0.05 : 0.003
}
