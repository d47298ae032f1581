import { type Instant, MINUTE } from '../domain/time.ts'
import { namedDates } from './named-date.ts'

const DATE_AND_TIME =
  /^(\d{4}-\d{1,2}-\d{1,2}|\d{4}\/\d{1,2}\/\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/

/**
 * Reads a date as people write it in front matter: a YAML date, ISO 8601, `2025-03-12 10:00`, `2025-03-12 10:00:00 +0900`,
 * `2025/03/12`, `2025年3月12日`, `March 12, 2025`. UTC unless an offset is given. Undefined where it is none of these.
 */
export function statedDate(value: unknown): Instant | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime()
  if (typeof value !== 'string') return undefined
  const text = value.normalize('NFKC').trim()
  const match = text.length > 60 ? null : DATE_AND_TIME.exec(text)
  if (match === null) return wholeDay(text)
  const [, day = '', hours = '0', minutes = '0', seconds = '0', fraction = '', offset] = match
  const midnight = wholeDay(day)
  if (midnight === undefined || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined
  const time = Number(hours) * 60 * MINUTE + Number(minutes) * MINUTE + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
  return midnight + time - offsetMs(offset)
}

/** Midnight UTC of the date a file's name begins with (`2025-03-12-slug.md`), or that of its folder where it is an index. */
export function dateInPath(path: string): Instant | undefined {
  const segments = path.split('/')
  const name = segments.at(-1) ?? ''
  const dated = /^index\.[a-z]+$/i.test(name) ? (segments.at(-2) ?? '') : name
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:[-_.\s]|$)/.exec(dated) ?? []
  return day === undefined ? undefined : wholeDay(day)
}

function wholeDay(text: string): Instant | undefined {
  const [date] = text.length > 60 ? [] : namedDates(text)
  const isWhole = date?.year !== undefined && date.start === 0 && date.end === text.length
  return isWhole ? Date.UTC(date.year ?? 0, date.month - 1, date.day) : undefined
}

function offsetMs(offset: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '') ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE
}
