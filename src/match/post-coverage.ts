import { stemOf } from './english-words.ts'
import { foldJapanese, katakanaIn, latinIn } from './japanese-text.ts'
import type { Lexicon } from './lexicon.ts'
import { japaneseFacts } from './number-facts.ts'
import type { SoundingWords } from './sounding-words.ts'
import { termsIn } from './terms-in.ts'

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
  /** Characters of headline and body. */
  readonly length: number
}

// The first sentences of a translation say what the first sentences of its original say.
const OPENING_CHARACTERS = 250

/** Reads what a post says in the terms of articles. */
export function coverageOf(
  post: { readonly title: string; readonly body: string },
  lexicon: Lexicon,
  sounding: SoundingWords,
): PostCoverage {
  const headline = covered(post.title, lexicon, sounding)
  const opening = covered(post.body.slice(0, OPENING_CHARACTERS), lexicon, sounding)
  const rest = covered(post.body.slice(OPENING_CHARACTERS), lexicon, sounding)
  return {
    all: union([headline.found, opening.found, rest.found]),
    headline: headline.found,
    headlineTerms: headline.terms,
    openingTerms: opening.terms,
    length: post.title.length + post.body.length,
  }
}

function union(parts: readonly ReadonlyMap<string, Rendering>[]): ReadonlyMap<string, Rendering> {
  const all = new Map<string, Rendering>()
  for (const part of parts)
    for (const [key, rendering] of part) if ((all.get(key)?.confidence ?? 0) < rendering.confidence) all.set(key, rendering)
  return all
}

function covered(text: string, lexicon: Lexicon, sounding: SoundingWords) {
  const folded = foldJapanese(text)
  const found = new Map<string, Rendering>()
  const terms: Term[] = []
  const add = (japanese: string, keys: readonly (readonly [key: string, confidence: number])[]) => {
    terms.push({ japanese, keys: keys.map(([key]) => key) })
    for (const [key, confidence] of keys) if ((found.get(key)?.confidence ?? 0) < confidence) found.set(key, { japanese, confidence })
  }
  for (const fact of japaneseFacts(text.normalize('NFKC'))) add(fact, [[`#${fact}`, 1]])
  for (const latin of latinIn(folded)) add(latin, [[stemOf(latin), 1]])
  for (const term of termsIn(folded, lexicon))
    add(
      term,
      (lexicon.keysOf.get(term) ?? []).map(key => [key, 1] as const),
    )
  for (const katakana of katakanaIn(folded))
    if (katakana.length >= 3 && !lexicon.keysOf.has(katakana))
      add(
        katakana,
        sounding.of(katakana).map(({ word, cost }) => [stemOf(word), confidenceOf(cost)] as const),
      )
  return { found, terms }
}

function confidenceOf(cost: number): number {
  return 1 / (1 + Math.exp(3 * (cost - 1.8)))
}
