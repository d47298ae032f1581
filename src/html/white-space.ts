/** What Japanese words are written with; no marks and no brackets. A character class body for the `u` flag. */
export const JAPANESE_LETTER = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〆ヶ'

// Kana, ideographs, CJK punctuation and full-width forms: scripts that put no space where a line is broken.
const UNSPACED = `${JAPANESE_LETTER}\\u3001-\\u303F\\u30FB\\uFF01-\\uFF60\\uFFE0-\\uFFE6`
const UNSPACED_BEFORE = new RegExp(`[${UNSPACED}]$`, 'u')
const UNSPACED_AFTER = new RegExp(`^[${UNSPACED}]`, 'u')

// Zero width space, word joiner, byte order mark and soft hyphen say where a line may break, nothing about words.
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD]/g

// A space of one of these kinds was typed on purpose, so it stays one even at a line break.
const TYPED_SPACE = /[^ \t\f\n]/

/**
 * Gives running text as it is read: white space of any kind (also NBSP and U+3000) collapses to one space and is
 * trimmed at the ends; a line break between two Japanese characters disappears.
 */
export function collapsedWhiteSpace(text: string): string {
  const visible = text.replace(INVISIBLE, '').replace(/\r\n?/g, '\n').trim()
  return visible.replace(/\s+/g, (space, offset: number) => {
    if (!space.includes('\n') || TYPED_SPACE.test(space)) return ' '
    const before = visible.slice(Math.max(0, offset - 2), offset)
    const after = visible.slice(offset + space.length, offset + space.length + 2)
    return UNSPACED_BEFORE.test(before) && UNSPACED_AFTER.test(after) ? '' : ' '
  })
}

/** Gives preformatted text: its lines and indentation stay, empty lines around it and space after it go. */
export function preformattedText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(/\r\n?/g, '\n')
    .trimEnd()
    .replace(/^(?:[^\S\n]*\n)+/, '')
}
