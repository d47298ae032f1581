import { IRREGULAR_FORMS } from './irregular-forms.ts'

/** A word of an English text. */
export interface EnglishWord {
  /** Lower case, as written otherwise. */
  readonly text: string
  /** The form in which words are compared: `attacks`, `attacked` and `attacking` have one. */
  readonly stem: string
  /** Written with a capital where that says something: not at the beginning of a sentence, nor in a heading all in capitals. */
  readonly isName: boolean
}

// The words of some hundred thousand articles; a stem never changes.
const STEMS_KEPT = 200_000
const STEMS = new Map<string, string>()

const WORD = /[\p{L}\p{N}]+(?:[-.&/'’][\p{L}\p{N}]+)*/gu
const SENTENCE_END = /[.!?:]["'”’)]*\s*$/

/** The words of an English text in their order; accents do not count. Numbers are words too. */
export function englishWords(text: string): readonly EnglishWord[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’ʼ]/g, "'")
  const words: EnglishWord[] = []
  const lines = plain.split('\n')
  if (lines.length > 1) return lines.flatMap(englishWords)
  const isHeading = isInTitleCase(plain)
  let end = 0
  for (const match of plain.matchAll(WORD)) {
    const written = match[0].replace(/'s$/i, '')
    const between = plain.slice(end, match.index)
    const isFirst =
      words.length === 0 || SENTENCE_END.test(plain.slice(Math.max(0, match.index - 4), match.index)) || between.includes('\n')
    end = match.index + match[0].length
    for (const part of partsOf(written))
      words.push({ text: part.toLowerCase(), stem: stemOf(part), isName: !isFirst && !isHeading && /^\p{Lu}/u.test(part) })
  }
  return words
}

/** In headings of this kind a capital says nothing. */
function isInTitleCase(line: string): boolean {
  const long = line.match(/(?<![\p{L}'])\p{L}{4,}/gu) ?? []
  return long.filter(word => /^\p{Lu}/u.test(word)).length > 0.7 * long.length
}

/** Hyphens join what stands for itself, but for designations such as F-35. */
function partsOf(word: string): readonly string[] {
  return /\d/.test(word) || word.length <= 4 ? [word] : word.split(/[-/]/).filter(part => part !== '')
}

/** The form in which English words are compared: roughly Porter's first step, with the irregular forms of frequent words. */
export function stemOf(word: string): string {
  const known = STEMS.get(word)
  if (known !== undefined) return known
  const stem = workedOut(word)
  if (STEMS.size < STEMS_KEPT) STEMS.set(word, stem)
  return stem
}

function workedOut(word: string): string {
  const lower = word
    .toLowerCase()
    .replace(/'s?$/, '')
    .replace(/(?<=\p{L})\.(?=\p{L})|\.$/gu, '')
  const known = IRREGULAR_FORMS.get(lower)
  if (known !== undefined) return known
  if (/\d/.test(lower) || lower.length <= 3) return lower
  return withoutEnd(withoutEnding(singular(lower)))
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  return /[^suix]s$|[aeiou]is$(?<!sis)/.test(word) && !word.endsWith('ss') ? word.slice(0, -1) : word
}

function withoutEnding(word: string): string {
  const match = /^(.*[aeiouy].*)(ing|ed)$/.exec(word)
  const base = match?.[1]
  if (base === undefined || base.length < 3) return word
  return /([bdfgklmnprtvz])\1$/.test(base) && !/[lsz]{2}$/.test(base) ? base.slice(0, -1) : base
}

function withoutEnd(word: string): string {
  if (word.length > 4 && word.endsWith('ly')) return withoutEnd(word.slice(0, -2))
  if (word.length > 3 && word.endsWith('y')) return `${word.slice(0, -1)}i`
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word
}
