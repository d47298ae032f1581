import { DAY, type Instant } from '../domain/time.ts'

/** A day found in a text, by its offsets there (UTF-16 units). The year is absent where the text leaves it out. */
export interface NamedDate {
  readonly start: number
  readonly end: number
  readonly year?: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAME =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sep(?:tember|t\\.?|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)'
const YEAR = '(?<year>(?:19|20)\\d\\d)(?!\\d)'
const DAY_OF_MONTH = '(?<day>[0-3]?\\d)'

// Names stay case-sensitive, as the first letter of a month is what ends the author's name in "Jane DoeMarch 3, 2025"
// and "Jon Hemmerdinger12 December 2020" (FIELD-NOTES §6 A); all capitals are read after the usual form.
const FORMS: readonly RegExp[] = [
  /(?<!\d)(?<year>(?:19|20)\d\d)\s?年\s?(?<month>[01]?\d)\s?月\s?(?<day>[0-3]?\d)\s?日/g,
  /(?<!\d)(?<year>(?:19|20)\d\d)(?<separator>[-/.])(?<month>[01]?\d)\k<separator>(?<day>[0-3]?\d)(?!\d)/g,
  new RegExp(`(?<name>${MONTH_NAME}) ${DAY_OF_MONTH}(?:st|nd|rd|th)?,? ?${YEAR}`, 'g'),
  new RegExp(`(?<!\\d)${DAY_OF_MONTH}(?:st|nd|rd|th)? (?:of )?(?<name>${MONTH_NAME}),? ?${YEAR}`, 'g'),
  new RegExp(`(?<name>${MONTH_NAME.toUpperCase()}) ${DAY_OF_MONTH}(?:ST|ND|RD|TH)?,? ?${YEAR}`, 'g'),
  new RegExp(`(?<!\\d)${DAY_OF_MONTH}(?:ST|ND|RD|TH)? (?<name>${MONTH_NAME.toUpperCase()}),? ?${YEAR}`, 'g'),
  // Month first: the slashed form is American where the outlets are.
  /(?<![\d/])(?<month>[01]?\d)\/(?<day>[0-3]?\d)\/(?<year>(?:19|20)\d\d)(?!\d)/g,
  /(?<!\d)(?<month>[01]?\d)\s?月\s?(?<day>[0-3]?\d)\s?日/g,
  new RegExp(`(?<name>${MONTH_NAME}) ${DAY_OF_MONTH}(?:st|nd|rd|th)?(?!\\d)`, 'g'),
  new RegExp(`(?<!\\d)${DAY_OF_MONTH}(?:st|nd|rd|th)? (?<name>${MONTH_NAME})(?![A-Za-z])`, 'g'),
  /(?<![\d/.-])(?<month>[01]?\d)\/(?<day>[0-3]?\d)(?![\d/])/g,
]

/**
 * Finds the days a text names, in English, Japanese, ISO and slashed forms, in order of appearance and without overlap.
 * Days no calendar has (30 February) are left out.
 *
 * @param text NFKC-normalised, at most a few hundred characters
 */
export function namedDates(text: string): readonly NamedDate[] {
  const found: NamedDate[] = []
  for (const form of FORMS) {
    for (const match of text.matchAll(form)) {
      const date = dateOf(match)
      if (date !== undefined && !found.some(other => date.start < other.end && other.start < date.end)) found.push(date)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/**
 * Midnight UTC of a named day. A day without a year is taken to be the last such day before `reference`, give or take
 * the two days that time zones and early publication can shift it.
 */
export function midnightOf(date: NamedDate, reference: Instant): Instant {
  if (date.year !== undefined) return Date.UTC(date.year, date.month - 1, date.day)
  const year = new Date(reference).getUTCFullYear() + 1
  for (let candidate = year; candidate > year - 10; candidate--) {
    const instant = Date.UTC(candidate, date.month - 1, date.day)
    if (isCalendarDay(candidate, date.month, date.day) && instant <= reference + 2 * DAY) return instant
  }
  return Date.UTC(year - 1, date.month - 1, date.day)
}

/** Gives a text without the days it names; what stood around them stays as it is. */
export function withoutDates(text: string): string {
  let rest = ''
  let from = 0
  for (const { start, end } of namedDates(text)) {
    rest += text.slice(from, start)
    from = end
  }
  return rest + text.slice(from)
}

function dateOf(match: RegExpExecArray): NamedDate | undefined {
  const { year, month, name, day } = match.groups ?? {}
  const monthNumber = name === undefined ? Number(month) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  const dayNumber = Number(day)
  // 2024 is a leap year, so that 29 February without a year is a day.
  if (!isCalendarDay(year === undefined ? 2024 : Number(year), monthNumber, dayNumber)) return undefined
  const place = { start: match.index, end: match.index + match[0].length, month: monthNumber, day: dayNumber }
  return year === undefined ? place : { ...place, year: Number(year) }
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && day > 0
}
