import { isKanji, isKatakana } from './japanese-text.ts'
import type { Lexicon } from './lexicon.ts'

/** Longer terms are not looked for. */
export const LONGEST_TERM = 24
const SEGMENTER = new Intl.Segmenter('ja', { granularity: 'word' })

/** The lexicon's terms in a folded Japanese text, each with the places it was found at; what merely looks like one is left out. */
export function termsIn(folded: string, { keysOf, beginnings }: Pick<Lexicon, 'keysOf' | 'beginnings'>): ReadonlySet<string> {
  const found = new Set<string>()
  const borders = bordersOf(folded)
  for (let start = 0; start < folded.length; start++)
    for (let end = start + 1; end <= folded.length && end - start <= LONGEST_TERM; end++) {
      const term = folded.slice(start, end)
      if (!beginnings.has(term)) break
      if (keysOf.has(term) && !found.has(term) && stands(folded, start, end, borders)) found.add(term)
    }
  return found
}

let latest: { readonly folded: string; readonly borders: Uint8Array } | undefined

/** 1 where a word begins or ends. A text is read in several ways one after the other: the latest answer is kept. */
export function bordersOf(folded: string): Uint8Array {
  if (latest?.folded === folded) return latest.borders
  const borders = new Uint8Array(folded.length + 1)
  for (const { index } of SEGMENTER.segment(folded)) borders[index] = 1
  borders[folded.length] = 1
  latest = { folded, borders }
  return borders
}

/** Whether a term is a word there, and not by chance a part of others: 国会 in 米国会議, オマ in オマーン. */
function stands(text: string, start: number, end: number, borders: Uint8Array): boolean {
  const [first, last, before, after] = [text[start], text[end - 1], text[start - 1], text[end]]
  const length = end - start
  if (isKatakana(first) && isKatakana(before)) return length >= 4 && !isKatakana(after) && isKatakana(last)
  if (isKatakana(last) && isKatakana(after)) return length >= 4 && isKatakana(first)
  if (/[a-z0-9]/.test(first ?? '') && /[a-z0-9]/.test(before ?? '')) return false
  if (/[a-z0-9]/.test(last ?? '') && /[a-z0-9]/.test(after ?? '')) return false
  if (length === 1) return borders[start] === 1 && (borders[end] === 1 || /\p{Script=Hiragana}/u.test(after ?? ''))
  if (length === 2 && isKanji(first) && isKanji(last)) return borders[start] === 1 || borders[end] === 1
  return true
}
