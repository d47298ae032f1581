import { JAPANESE_LETTER } from './white-space.ts'

// Counters a lone digit is likely to have been torn from ("3 月11日"). 本, 国 and 点 are not here: they open
// numbered headings ("1 本稿の目的").
const COUNTERS = '年月日時分秒週人名カヶケか箇つ個件回度倍割億兆万千百十歳隻機両台発基'

const ONE_CHARACTER = /^(?:[\p{L}\p{N}]|[「『“"(（]\p{L})$/u
const CJK_THEN_JAPANESE = new RegExp(`^([${JAPANESE_LETTER}]) (?=[${JAPANESE_LETTER}])`, 'u')
const DIGIT_THEN_COUNTER = new RegExp(`^([0-9０-９]) (?=[${COUNTERS}])`, 'u')
const STARTS_JAPANESE = new RegExp(`^[${JAPANESE_LETTER}]`, 'u')
const STARTS_WITH_DIGIT = /^[0-9０-９]/

const CLASS = /drop-?cap|first-?letter|initial-?letter/i
const STYLE =
  /float\s{0,9}:\s{0,9}left|initial-letter|font-size\s{0,9}:\s{0,9}(?:xx?x?-large|large|[2-9](?:\.\d+)?r?em|[2-9]\d\d%|[2-9]\d(?:px|pt))/i

/** Tells whether an element's attributes style its text as a drop cap: by class, by floating it or by a large size. */
export function isDropCapStyle(attributes: ReadonlyMap<string, string>): boolean {
  return (
    CLASS.test(attributes.get('class') ?? '') ||
    STYLE.test(attributes.get('style') ?? '') ||
    /^\s*(?:[4-7]|\+[1-4])\s*$/.test(attributes.get('size') ?? '')
  )
}

/**
 * Joins the text of an element styled as a drop cap to what follows it: one letter of any script before Japanese,
 * a digit also before digits. Undefined where this is no drop cap, or nothing divides it from its word.
 *
 * @param cap the element's text
 * @param rest the block's text after the element
 */
export function joinedDropCap(cap: string, rest: string): string | undefined {
  const letter = cap.trim()
  const word = rest.trimStart()
  if (!ONE_CHARACTER.test(letter) || letter + word === cap + rest) return undefined
  const joins = STARTS_JAPANESE.test(word) || (STARTS_WITH_DIGIT.test(letter) && STARTS_WITH_DIGIT.test(word))
  return joins ? letter + word : undefined
}

/**
 * Joins a drop cap in text that was stripped of its markup ("批 評家は", "3 月11日"). A lone Latin letter stays
 * apart, because "A 社は" is a sentence.
 *
 * @param text the first line of a body, white space collapsed
 */
export function withDropCapJoined(text: string): string {
  return text.replace(CJK_THEN_JAPANESE, '$1').replace(DIGIT_THEN_COUNTER, '$1')
}
