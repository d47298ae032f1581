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
  /** Words that it sounds like, as articles write them; absent where it was read otherwise. */
  readonly heard?: readonly string[]
}

/** What a part of a post says. */
export interface Said {
  /** By key, whatever articles there are. */
  readonly known: ReadonlyMap<string, Rendering>
  /** By words as articles write them. */
  readonly heard: ReadonlyMap<string, Rendering>
}

/** Everything that a post says, by the keys of the article's units. */
export interface PostCoverage extends Said {
  /** By key, what it may say as some article or other writes it: enough to find articles by. */
  readonly all: ReadonlyMap<string, Rendering>
  /** What its headline alone says. */
  readonly headline: Said
  /** What stands in the headline, and in the first sentences, whether or not an article says it: the keys that each thing may be. */
  readonly headlineTerms: readonly Term[]
  readonly openingTerms: readonly Term[]
  /** How far into an article it can have come, in English characters. */
  readonly reach: number
}

/** How a post says what an article says in a unit; undefined where it does not. */
export function renderingOf(
  { known, heard }: Said,
  { key, written }: { readonly key: string; readonly written: string },
): Rendering | undefined {
  const [byKey, byEar] = [known.get(key), heard.get(written)]
  return byEar === undefined || (byKey !== undefined && byKey.confidence >= byEar.confidence) ? byKey : byEar
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
  const parts = [headline, opening, rest]
  return {
    all: union(parts.map(({ all }) => all)),
    known: union(parts.map(({ known }) => known)),
    heard: union(parts.map(({ heard }) => heard)),
    headline,
    headlineTerms: headline.terms,
    openingTerms: opening.terms,
    reach: (post.title.length + post.body.length) * ENGLISH_PER_JAPANESE,
  }
}

function union(parts: readonly ReadonlyMap<string, Rendering>[]): ReadonlyMap<string, Rendering> {
  const all = new Map<string, Rendering>()
  for (const part of parts) for (const [key, rendering] of part) keepSurer(all, key, rendering)
  return all
}

function keepSurer(kept: Map<string, Rendering>, key: string, rendering: Rendering): void {
  if ((kept.get(key)?.confidence ?? 0) < rendering.confidence) kept.set(key, rendering)
}

function covered(text: string, readings: readonly Reading[]) {
  const folded = foldJapanese(text)
  const [all, known, heardWords] = [new Map<string, Rendering>(), new Map<string, Rendering>(), new Map<string, Rendering>()]
  const terms: Term[] = []
  for (const reading of readings)
    for (const { japanese, keys, heard, isByChance } of reading(folded)) {
      const words = heard?.map(([word]) => word)
      if (isByChance !== true) terms.push({ japanese, keys: keys.map(([key]) => key), ...(words === undefined ? {} : { heard: words }) })
      for (const [key, confidence] of keys) {
        keepSurer(all, key, { japanese, confidence })
        if (heard === undefined) keepSurer(known, key, { japanese, confidence })
      }
      for (const [word, confidence] of heard ?? []) keepSurer(heardWords, word, { japanese, confidence })
    }
  return { all, known, heard: heardWords, terms }
}
