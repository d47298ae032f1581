import type { OutletId } from '../domain/identifiers.ts'
import type { Outlet } from '../domain/outlet.ts'
import { type OutletDirectory, outletNameKey } from '../domain/outlet-directory.ts'
import { withoutDates } from './named-date.ts'

// The longest real one seen names two outlets, an author and a date in some 80 characters.
const LONGEST_MENTION = 120

const LEADING_WORDS =
  /^(?:(?:出典|出所|出処|原文|原題|元記事|原典|引用元|引用|転載元|ソース|参照|参考)(?:元|は)?|(?:source|original|via|from|in)\b|米誌|米紙|英誌|英紙|独誌|仏誌|豪紙|米国?|英国?)\s*[:=]?\s*/iu
const TRAILING_WORDS =
  /\s*(?:電子版|オンライン版?|デジタル版?|ウェブ版?|web版?|日本語版|英語版|米国版|英国版|アジア版|誌|紙|の?記事|より|から|による|付け?|号|掲載|論説|社説|寄稿|ブログ|サイト|online|website|magazine|(?:19|20)\d\d)$/iu
const SEPARATORS = /[、,;:|/()[\]]|\s[-–—]\s|\s(?:and|及び|および|と)\s/u
const NAMES_A_PERSON = /^(?:by|著者?|訳者?|文|筆者|翻訳|written by|translated by)(?:[\s:]|$)/iu
const KATAKANA_NAME = /^[\p{Script=Katakana}ー・=\s]+(?:記者|氏|博士|教授|著|訳|寄稿)?$/u
const LATIN_ONLY = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]+$/u

/**
 * Finds the outlets named by what stands between the brackets of a title, such as `The National Interest, March 12`,
 * `出典: TNI電子版` or `by Jane Doe, 19fortyfive`. Empty where the text is anything but a citation: each of its parts
 * must be an outlet, a date, a person or a Latin name beside an outlet, so a remark that merely mentions one is none.
 */
export function outletsIn(text: string, directory: OutletDirectory): readonly OutletId[] {
  if (text.length > LONGEST_MENTION) return []
  const folded = text.normalize('NFKC').trim()
  const whole = outletNamed(folded, directory) ?? outletNamed(withoutDates(folded).replace(/[\s,、]+$/, ''), directory)
  return whole === undefined ? outletsInParts(withoutDates(folded), directory) : [whole.id]
}

/**
 * Tells whether bracketed text that names no known outlet could name an unknown one: Latin letters only, and neither a
 * date nor a number of a series. An abbreviation at the end of a headline passes too; this informs, it decides nothing.
 */
export function looksLikeOutlet(text: string): boolean {
  const folded = text.normalize('NFKC').trim()
  if (folded.length > LONGEST_MENTION || !LATIN_ONLY.test(folded) || !/\p{Script=Latin}{2}/u.test(withoutDates(folded))) return false
  return !/^(?:part|pt|vol|volume|no|ep|episode|update|updated|ver|chapter)\b/i.test(folded)
}

/** Finds the outlet whose name or alias is exactly `text`. Its id alone does not count: ids are short ("ps") and words are many. */
export function outletCalled(text: string, directory: OutletDirectory): OutletId | undefined {
  const name = text.trim()
  if (name === '' || name.length > LONGEST_MENTION) return undefined
  const outlet = directory.byName(name)
  if (outlet === undefined) return undefined
  const isListed = [outlet.name, ...outlet.aliases].some(known => outletNameKey(known) === outletNameKey(name))
  return isListed ? outlet.id : undefined
}

function outletsInParts(text: string, directory: OutletDirectory): readonly OutletId[] {
  const found = new Set<OutletId>()
  for (const part of text.split(SEPARATORS).map(piece => piece.trim())) {
    const outlets = outletsInPart(part, directory)
    for (const id of outlets) found.add(id)
    if (outlets.length === 0 && !isCompany(part)) return []
  }
  return [...found]
}

/** A middle dot joins the words of one name (ナショナル・インタレスト) before it joins two names (TNI・19fortyfive). */
function outletsInPart(part: string, directory: OutletDirectory): readonly OutletId[] {
  const outlet = outletNamed(part, directory)
  if (outlet !== undefined) return [outlet.id]
  const byDot = part.split('・').map(name => outletNamed(name.trim(), directory))
  return byDot.length > 1 ? byDot.flatMap(named => (named === undefined ? [] : [named.id])) : []
}

/** What may stand beside an outlet in a citation. */
function isCompany(part: string): boolean {
  return part === '' || NAMES_A_PERSON.test(part) || KATAKANA_NAME.test(part) || LATIN_ONLY.test(part) || stripped(part) === ''
}

function outletNamed(text: string, directory: OutletDirectory): Outlet | undefined {
  if (text === '') return undefined
  const host = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:\/\S*)?$/i.exec(text)
  return (
    directory.byName(text) ??
    directory.byName(stripped(text)) ??
    (host === null ? undefined : directory.byUrl(/^https?:/i.test(text) ? text : `https://${text}`)?.outlet)
  )
}

/** Without the words that introduce an outlet's name or follow it; at most three of each, as in 米誌…電子版より. */
function stripped(text: string): string {
  let rest = text
  for (let round = 0; round < 3; round++) rest = rest.replace(LEADING_WORDS, '').replace(TRAILING_WORDS, '')
  return rest
}
