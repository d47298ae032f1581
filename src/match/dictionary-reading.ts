import { articleUnits } from './article-units.ts'
import type { Dictionary } from './dictionary.ts'
import type { Lexicon } from './lexicon.ts'
import type { Read, Reading } from './reading.ts'
import { bordersOf, LONGEST_TERM } from './terms-in.ts'

// How often a translated word is one of those that a dictionary gives.
const SAYS_IT = 0.6
const MOST_GLOSSES = 12
const TERMS_KEPT = 50_000
const HIRAGANA = /[ぁ-ゖ]/

// What a verb or adjective goes on with in place of its last character: 走る finds 走った.
const FORMS: Readonly<Record<string, string>> = {
  ...{ う: 'わいうえおっ', く: 'かきくけこいっ', ぐ: 'がぎぐげごい', す: 'さしすせそ', つ: 'たちつてとっ', ぬ: 'なにぬねのん' },
  ...{ ぶ: 'ばびぶべぼん', む: 'まみむめもん', る: 'らりるれろってたなよまずさ', い: 'くいかけさそ' },
}
const ENDINGS: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(Object.values(FORMS).join(''))].map(next => [next, Object.keys(FORMS).filter(ending => FORMS[ending]?.includes(next))]),
)

/**
 * Reads what the lexicon does not know by a dictionary. A headword with many glosses says little of each: the translator
 * rendered one of them.
 */
export function dictionaryReading(dictionary: Dictionary, lexicon: Lexicon): Reading {
  const kept = new Map<string, Read['keys']>()
  const keysOf = (term: string): Read['keys'] => {
    const known = kept.get(term)
    if (known !== undefined) return known
    const keys = weighed(dictionary.glossesOf(term).slice(0, MOST_GLOSSES), lexicon)
    if (kept.size >= TERMS_KEPT) kept.clear()
    kept.set(term, keys)
    return keys
  }
  return function* (folded) {
    for (const term of unknownTermsIn(folded, dictionary, lexicon)) {
      const keys = keysOf(term)
      if (keys.length > 0) yield { japanese: term, keys }
    }
  }
}

/** The keys that an article has for the glosses, each with the confidence that it is what the article says. */
function weighed(glosses: readonly string[], lexicon: Lexicon): Read['keys'] {
  const shares = new Map<string, number>()
  for (const gloss of glosses)
    for (const { key } of articleUnits({ title: gloss }, lexicon, 0))
      if (!key.startsWith('#')) shares.set(key, (shares.get(key) ?? 0) + SAYS_IT / Math.sqrt(glosses.length))
  return [...shares].map(([key, share]) => [key, Math.min(SAYS_IT, share)] as const)
}

/** The longest terms from each border of a word on, each once, where the dictionary's is longer than the lexicon's. */
function unknownTermsIn(folded: string, dictionary: Dictionary, lexicon: Lexicon): ReadonlySet<string> {
  const terms = new Set<string>()
  const borders = bordersOf(folded)
  for (let start = 0; start < folded.length; ) {
    const { end, term } = borders[start] === 1 ? longestAt(folded, start, borders, dictionary, lexicon) : { end: start + 1 }
    if (term !== undefined) terms.add(term)
    start = end
  }
  return terms
}

function longestAt(text: string, start: number, borders: Uint8Array, dictionary: Dictionary, lexicon: Lexicon) {
  let found: { readonly end: number; readonly term?: string } = { end: start + 1 }
  const longest = dictionary.longest(text.slice(start, start + 2))
  // Particles and endings, where most words of a text begin.
  if (longest === 0 && HIRAGANA.test(text[start] ?? '')) return found
  for (let end = start + 1; end <= text.length && end - start <= LONGEST_TERM; end++) {
    const slice = text.slice(start, end)
    const mayBeKnown = lexicon.beginnings.has(slice)
    if (mayBeKnown && lexicon.keysOf.has(slice)) found = { end }
    else if (slice.length > 1 && slice.length <= longest && borders[end] === 1 && dictionary.has(slice)) found = { end, term: slice }
    else if (slice.length === 1 || slice.length < longest) {
      const term = inflected(slice, text[end], dictionary)
      if (term !== undefined) found = { end, term }
    } else if (!mayBeKnown && slice.length >= longest) break
  }
  return found
}

/** The verb or adjective that a stem and what it goes on with are a form of. */
function inflected(stem: string, next: string | undefined, dictionary: Dictionary): string | undefined {
  const ending = ENDINGS.get(next ?? '')?.find(candidate => dictionary.has(stem + candidate))
  return ending === undefined ? undefined : stem + ending
}
