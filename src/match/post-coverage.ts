import { foldJapanese } from './japanese-text.ts'
import type { Reading } from './reading.ts'

/** How a post says what an English expression says. */
export interface Rendering {
  readonly japanese: string
  /** That it does, in [0, 1]. */
  readonly confidence: number
}

/** One expression of a post with everything it may stand for in English. */
export interface Term {
  readonly japanese: string
  readonly keys: readonly string[]
}

/** Everything that a post says, by the keys of the article's units. */
export interface PostCoverage {
  readonly all: ReadonlyMap<string, Rendering>
  /** What its headline alone says. */
  readonly headline: ReadonlyMap<string, Rendering>
  /** What stands in the headline, and in the first sentences, whether or not an article says it: the keys that each thing may be. */
  readonly headlineTerms: readonly Term[]
  readonly openingTerms: readonly Term[]
  /** How far into an article it can have come, in English characters. */
  readonly reach: number
}

// The first sentences of a translation say what the first sentences of its original say.
const OPENING_CHARACTERS = 250
/** Japanese needs fewer characters: English ones for each, at most. */
export const ENGLISH_PER_JAPANESE = 2.6

/** Reads what a post says in the terms of articles, by every way of reading there is. */
export function coverageOf(post: { readonly title: string; readonly body: string }, readings: readonly Reading[]): PostCoverage {
  const headline = covered(post.title, readings)
  const opening = covered(post.body.slice(0, OPENING_CHARACTERS), readings)
  const rest = covered(post.body.slice(OPENING_CHARACTERS), readings)
  return {
    all: union([headline.found, opening.found, rest.found]),
    headline: headline.found,
    headlineTerms: headline.terms,
    openingTerms: opening.terms,
    reach: (post.title.length + post.body.length) * ENGLISH_PER_JAPANESE,
  }
}

function union(parts: readonly ReadonlyMap<string, Rendering>[]): ReadonlyMap<string, Rendering> {
  const all = new Map<string, Rendering>()
  for (const part of parts)
    for (const [key, rendering] of part) if ((all.get(key)?.confidence ?? 0) < rendering.confidence) all.set(key, rendering)
  return all
}

function covered(text: string, readings: readonly Reading[]) {
  const folded = foldJapanese(text)
  const found = new Map<string, Rendering>()
  const terms: Term[] = []
  for (const reading of readings)
    for (const { japanese, keys } of reading(folded)) {
      terms.push({ japanese, keys: keys.map(([key]) => key) })
      for (const [key, confidence] of keys) if ((found.get(key)?.confidence ?? 0) < confidence) found.set(key, { japanese, confidence })
    }
  return { found, terms }
}
