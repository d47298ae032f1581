import type { Unit } from './article-units.ts'
import type { BackgroundRates } from './background-rates.ts'
import { type PostCoverage, renderingOf } from './post-coverage.ts'

// What a post says of one article alone, in nats of rarity, and how much of that it must say of another to be about both.
const LEAST_OF_EACH = 15
const LEAST_SHARE_OF_OTHER = 0.45

/**
 * Whether a post says of each of two articles much that the other does not say: a digest of both, or a comment on them.
 * Two outlets' stories on one event share what the post says.
 */
export function isAboutBoth(post: PostCoverage, one: readonly Unit[], other: readonly Unit[], rates: BackgroundRates): boolean {
  const [first, second] = [alone(post, one, other, rates), alone(post, other, one, rates)]
  return Math.min(first, second) >= LEAST_OF_EACH && Math.min(first, second) >= LEAST_SHARE_OF_OTHER * Math.max(first, second)
}

function alone(post: PostCoverage, units: readonly Unit[], others: readonly Unit[], rates: BackgroundRates): number {
  const elsewhere = new Set(others.map(({ key }) => key))
  return units.reduce((sum, { key, written }) => {
    const confidence = elsewhere.has(key) ? 0 : (renderingOf(post, { key, written })?.confidence ?? 0)
    return sum - Math.log(rates.rateOf(key)) * confidence
  }, 0)
}
