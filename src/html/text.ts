import { blocksOf } from './blocks.ts'
import { JAPANESE_LETTER } from './white-space.ts'

/** Gives a body as text, one block a line (`blocksOf` says what a block is). */
export function textOf(html: string): string {
  return blocksOf(html)
    .map(({ text }) => text)
    .join('\n')
}

/**
 * Gives the beginning of a body as one paragraph of text: all of it if it fits, else up to the last sentence that ends
 * in the last 40 % of the room there is, else up to a grapheme boundary with "…" after it.
 *
 * @param maxCharacters in UTF-16 code units, as `length` counts; the "…" is included
 */
export function excerptOf(html: string, maxCharacters: number): string {
  return excerptOfText(textOf(html), maxCharacters)
}

/** The same of text that is plain already, one block a line. Blocks of Japanese are joined without a space. */
export function excerptOfText(plainText: string, maxCharacters: number): string {
  const text = beginningOf(plainText, maxCharacters + LOOK_AHEAD)
  if (text.length <= maxCharacters) return text
  const sentences = text.slice(0, sentenceEnd(text, maxCharacters))
  return sentences === '' ? cutAtGrapheme(text, maxCharacters) : sentences
}

/** The same paragraph by paragraph: whole ones while there is room, and the beginning of the next. */
export function firstParagraphs(plainText: string, maxCharacters: number): readonly string[] {
  const paragraphs: string[] = []
  let room = maxCharacters
  for (const block of plainText.split('\n')) {
    const paragraph = excerptOfText(block, room)
    if (paragraph === '') continue
    // The stump of a paragraph says nothing.
    const isStump = paragraph.endsWith('…') && room < maxCharacters * LAST_SHARE
    if (!isStump) paragraphs.push(paragraph)
    room -= block.length
    if (room <= 0) break
  }
  return paragraphs
}

const LAST_SHARE = 0.4
// What decides where a sentence ends stands this far behind it at most.
const LOOK_AHEAD = 8

/** The text as one paragraph, or at least this much of its beginning: most texts are many times as long as their excerpt. */
function beginningOf(plainText: string, characters: number): string {
  const beginning = inOneParagraph(plainText.slice(0, 2 * characters))
  return beginning.length > characters ? beginning : inOneParagraph(plainText)
}

function inOneParagraph(text: string): string {
  const isJapanese = (before: string) => BEFORE_NO_SPACE.test(before)
  return text.replace(/\s+/g, (_, offset: number) => (isJapanese(text.slice(Math.max(0, offset - 2), offset)) ? '' : ' ')).trim()
}

const BEFORE_NO_SPACE = new RegExp(`[${JAPANESE_LETTER}。、！？」』）]$`, 'u')

// A full stop ends a sentence before a space only ("3.5"), and not after an initial ("U.S. policy"); a Japanese one
// within a quotation does not where the sentence goes on in kana (「…。」と述べた).
const SENTENCE_END = /[。！？]+[」』）)]*(?![\p{Script=Hiragana}」』）)])|(?:[!?]|(?<!(?:^|[\s.(])\p{Lu})\.)["'”’)]{0,3}(?=\s)/gu

/** Where the last sentence that fits ends, or 0. */
function sentenceEnd(text: string, maxCharacters: number): number {
  const earliest = maxCharacters * (1 - LAST_SHARE)
  // What follows the end decides about it, so the text is looked at a little beyond it.
  const ends = text.slice(0, maxCharacters + LOOK_AHEAD).matchAll(SENTENCE_END)
  const fitting = [...ends].map(end => end.index + end[0].length).filter(end => end >= earliest && end <= maxCharacters)
  return fitting.at(-1) ?? 0
}

function cutAtGrapheme(text: string, maxCharacters: number): string {
  if (maxCharacters < 1) return ''
  const end = GRAPHEMES.segment(text).containing(maxCharacters - 1)?.index ?? 0
  return `${text.slice(0, end).trimEnd()}…`
}

const GRAPHEMES = new Intl.Segmenter('ja', { granularity: 'grapheme' })
