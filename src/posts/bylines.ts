import type { Byline } from '../domain/post.ts'
import type { Instant } from '../domain/time.ts'
import type { Block } from '../html/blocks.ts'
import { midnightOf, type NamedDate, namedDates } from './named-date.ts'

const MOST_BYLINES = 20
// "By" with two authors, their posts and a date has been seen at 150 characters.
const LONGEST = 200

const NAME_WORD = "(?:\\p{Lu}[\\p{L}\\p{M}'’.-]*|de|da|di|du|der|den|la|le|van|von|bin|ibn|al|el|y)"
const NAME = `(?!The )\\p{Lu}[\\p{L}\\p{M}'’.-]*(?: ${NAME_WORD}){1,4}`
// A comma alone joins no second author: "Jane Doe, Washington Post".
const NAMES = `${NAME}(?:(?:, ${NAME}){0,3},? (?:and|&) ${NAME})?`

// Days are cut out before these are tried and leave a "|".
const BY = new RegExp(
  `(?:^|[|/•·—–-])[ ,]*(?:By|BY|by|Author|Written by|Story by|Posted by)(?:: ?| )(${NAMES})(?= *(?:$|[|/,•·(–—]| - ))`,
  'u',
)
const NAME_ALONE = new RegExp(`^${NAMES}$`, 'u')
const WRITER_FIRST = new RegExp(
  `(${NAME}) ?(?:記者|氏|博士|教授|議員)?(?:(?:による|の)[ |]*(?:付け?の?)?(?:記事|論文|論考|論説|論評|コラム|寄稿|分析)|(?:著|筆|寄稿) *(?:$|[|/、(]))`,
  'u',
)
const WRITER_LAST = new RegExp(`(?:^|[|/、(] *)(?:著者|筆者|執筆者?|文|寄稿)(?:: ?| )(${NAME})`, 'u')

const ARTICLE_BEHIND_DATE = /^(?:付け?)?(?:け)?の?(?:記事|論文|論考|論説|コラム|寄稿|投稿|掲載|公開|配信|号)/
const DATE_LABEL =
  /^(?:published|posted|updated|last updated|first published|date|on|at|updated on|published on|posted on|公開日?|掲載日?|投稿日?|更新日?|配信日?|付け?|発|記事)$/i
const KATAKANA_NAME = /^[\p{Script=Katakana}ー・=]+(?:[・=][\p{Script=Katakana}ー]+)+(?:記者|氏|博士|教授|著)?$/u
const CLOCK_TIME = /\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?\b/gi

/**
 * Finds the lines that name an English article's author, its date or both, in order, at most 20.
 *
 * @param published when the post appeared: a day written without a year is the last one before it
 */
export function bylines(blocks: readonly Block[], published: Instant): readonly Byline[] {
  const found: Byline[] = []
  for (const [block, { text, kind }] of blocks.entries()) {
    if (kind === 'caption') continue
    for (const line of text.split('\n')) {
      const byline = bylineIn(line, published)
      if (byline !== undefined) found.push({ block, ...byline })
      if (found.length === MOST_BYLINES) return found
    }
  }
  return found
}

/**
 * Reads one line as a byline: "By Jon Hemmerdinger12 December 2020", "Sean Broderick December 04, 2020",
 * "March 12, 2025, By: Jane Doe", "Jane Doe 記者による2019-9-6記事", "2025年3月12日 ジェイムズ・ドウ".
 * A day that running text merely mentions is none.
 */
export function bylineIn(line: string, published: Instant): Omit<Byline, 'block'> | undefined {
  const text = line.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if (text.length > LONGEST || text.length < 6) return undefined
  const dates = namedDates(text)
  const author = authorIn(text, dates)
  const date = dates.find(day => isDateline(text, day, dates, author))
  if (author === undefined && date === undefined) return undefined
  return {
    ...(author === undefined ? {} : { author }),
    ...(date === undefined ? {} : { date: midnightOf(date, published) }),
  }
}

function authorIn(text: string, dates: readonly NamedDate[]): string | undefined {
  const undated = outside(text, dates, ' | ')
  const japanese = WRITER_FIRST.exec(undated) ?? WRITER_LAST.exec(undated)
  if (japanese?.[1] !== undefined) return japanese[1].trim()
  if (/[\p{Script=Han}\p{Script=Hiragana}]{3}/u.test(text)) return undefined
  // "By" opens many an English title too ("By Any Means Necessary"), so nothing else may follow the name but a name.
  const by = BY.exec(undated)
  if (by?.[1] !== undefined && isShortRest(undated.replace(by[0], ' '))) return by[1].trim()
  const [part, ...others] = partsOf(undated)
  return dates.length > 0 && part !== undefined && others.length === 0 && NAME_ALONE.test(part) ? part : undefined
}

function isDateline(text: string, day: NamedDate, dates: readonly NamedDate[], author: string | undefined): boolean {
  const behind = text.slice(day.end)
  if (ARTICLE_BEHIND_DATE.test(behind) && (day.year !== undefined || author !== undefined)) return true
  if (/[。!?]$/.test(text)) return false
  if (author !== undefined) return true
  if (day.year === undefined) return false
  return partsOf(outside(text, dates, ' | ')).every(part => DATE_LABEL.test(part) || NAME_ALONE.test(part) || KATAKANA_NAME.test(part))
}

/** What remains of a byline beside its author: at most another name or an outlet's. */
function isShortRest(rest: string): boolean {
  const parts = partsOf(rest).filter(part => !DATE_LABEL.test(part))
  return parts.length <= 2 && parts.every(part => part.split(' ').length <= 6 && /^[\p{Lu}\p{N}]/u.test(part))
}

function partsOf(text: string): readonly string[] {
  return text
    .replace(CLOCK_TIME, ' | ')
    .split(/[|/•·,;:()[\]]|\s[-–—]\s/)
    .map(part => part.trim())
    .filter(part => part !== '')
}

/** A text with its days replaced. */
function outside(text: string, dates: readonly NamedDate[], instead: string): string {
  const kept: string[] = []
  let from = 0
  for (const { start, end } of dates) {
    kept.push(text.slice(from, start), instead)
    from = end
  }
  return [...kept, text.slice(from)].join('')
}
