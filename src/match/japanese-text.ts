const KATAKANA = /[ァ-ヺー]/
const KANJI = /[\p{Script=Han}々〆]/u

const FOLDS: readonly (readonly [RegExp, string])[] = [
  // Titles and drop caps are typed with spaces that say nothing; between Latin words they stay.
  [
    /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。])\s+|\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー、。])/gu,
    '',
  ],
  [/(?<=[ァ-ヺー])[・=‐-](?=[ァ-ヺ])/g, ''],
  // サーバー and サーバ; ビール and ビル are two words.
  [/(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])/g, ''],
  [/ヴァ/g, 'バ'],
  [/ヴィ/g, 'ビ'],
  [/ヴェ/g, 'ベ'],
  [/ヴォ/g, 'ボ'],
  [/ヴ/g, 'ブ'],
]

/**
 * Folds Japanese text to the form in which it is searched: width and case, spaces within Japanese, the dots between the
 * parts of foreign names, long vowels and the spellings of v make no difference.
 */
export function foldJapanese(text: string): string {
  return FOLDS.reduce((folded, [pattern, by]) => folded.replace(pattern, by), text.normalize('NFKC').toLowerCase())
}

export function isKatakana(character: string | undefined): boolean {
  return character !== undefined && KATAKANA.test(character)
}

export function isKanji(character: string | undefined): boolean {
  return character !== undefined && KANJI.test(character)
}

/** The words in katakana of a folded text, two characters or more, each once. */
export function katakanaIn(folded: string): ReadonlySet<string> {
  return new Set(folded.match(/[ァ-ヺ][ァ-ヺー]+/g) ?? [])
}

/** The words in Latin letters, and what letters and digits make together, of a folded text, each once. */
export function latinIn(folded: string): ReadonlySet<string> {
  return new Set(folded.match(/[a-z][a-z0-9]*(?:[-.&][a-z0-9]+)*/g) ?? [])
}
