import { HOUR, type Instant, MINUTE } from '../domain/time.ts'
import { monthNumber, zoneOffset } from './date-words.ts'

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:[Zz]|([+-]\d\d):?(\d\d))$/
const RFC_822 = /^(?:[A-Z][a-z]{2}, ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|[+-]\d{4})$/
const SLOPPY_ISO =
  /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:\s*[T ]\s*(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,]\d+)?)?|(?=\s*[Z+-]))\s*(Z|[+-]\d{1,2}(?::?\d\d)?|[A-Z]{2,4})?|Z)?$/i
const COMPACT_ISO = /^(\d{4})(\d\d)(\d\d)(?:T?(\d\d):?(\d\d):?(\d\d)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i
const ORDINAL = /^(\d{4}|\d\d)-?(\d{3})$/
const EAST_ASIAN =
  /^(\d{4})(?:\s*[년年]\s*|[-/.])(\d{1,2})(?:\s*[월月]\s*|[-/.])(\d{1,2})\s*[일日]?\s*(오전|오후|午前|午後)?\s*(?:(\d{1,2}):(\d\d)(?::(\d\d))?)?$/
// ISO 8601:2000 §5.2.1 lets the century be left out, and then the year too.
const SHORT_ISO = /^(?:(\d\d)-?(\d\d)-?(\d\d)|-(\d\d)-?(\d\d))$/
const NAMED_MONTH = /^(\d{4})-(\p{L}{3,12})-(\d{1,2})(.*)$/u

/** The longest text that is worth reading as a date. */
const MAX_LENGTH = 80

interface Fields {
  readonly year: number
  readonly month?: number
  readonly day?: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
  /** Milliseconds east of Greenwich. */
  readonly offsetMs?: number
}

/**
 * Reads the dates feeds carry: RFC 3339, ISO 8601, RFC 822 and what publishers write instead of them
 * (other orders, zone names, slashes, seconds since 1970, Korean, Japanese, Greek and Hungarian forms).
 * A date without a zone is UTC. Undefined where the text names no moment that exists.
 */
export function instantOf(text: string | undefined): Instant | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined
  const date = text.trim()
  const exact = RFC_3339.exec(date)
  if (exact !== null) return fromRfc3339(exact)
  const usual = RFC_822.exec(date)
  if (usual !== null) return fromRfc822(usual)
  return (
    instant(fromIso(date) ?? fromEastAsian(date)) ??
    fromDigits(date) ??
    fromNamedMonth(date) ??
    instant(fromWords(date)) ??
    instant(fromShortIso(date))
  )
}

function fromRfc3339([, ...parts]: RegExpExecArray): Instant | undefined {
  const [year = 0, month, day, hour, minute, second] = parts.slice(0, 6).map(Number)
  const [fraction = '0', hours = '+00', minutes = '00'] = parts.slice(6)
  const offsetMs = Number(hours) * HOUR + (hours.startsWith('-') ? -1 : 1) * Number(minutes) * MINUTE
  const whole = instant(fields(year, month, day, hour, minute, second, offsetMs))
  return whole === undefined ? undefined : whole + Math.floor(Number(`0.${fraction}`) * 1000)
}

function fromRfc822([, day, month = '', year, hour, minute, second, zone = '']: RegExpExecArray): Instant | undefined {
  const number = monthNumber(month)
  return number === undefined
    ? undefined
    : instant(fields(Number(year), number, Number(day), Number(hour), Number(minute), Number(second), zoneOffset(zone) ?? 0))
}

function fromIso(date: string): Fields | undefined {
  const match = SLOPPY_ISO.exec(date) ?? COMPACT_ISO.exec(date)
  if (match === null) return undefined
  const offsetMs = match[7] === undefined ? 0 : zoneOffset(match[7])
  return offsetMs === undefined ? undefined : fieldsOf(match, offsetMs)
}

function fromShortIso(date: string): Fields | undefined {
  const match = SHORT_ISO.exec(date)
  if (match === null) return undefined
  const [, year, month, day, yearAlone, itsMonth] = match
  return fields(2000 + Number(year ?? yearAlone), Number(month ?? itsMonth), Number(day ?? 1))
}

function fromEastAsian(date: string): Fields | undefined {
  const match = EAST_ASIAN.exec(date)
  if (match === null) return undefined
  const [, year, month, day, half, hour = '0', minute = '0', second = '0'] = match
  const afternoon = half === '오후' || half === '午後'
  // Both Korea and Japan are nine hours east all year.
  return fields(
    Number(year),
    Number(month),
    Number(day),
    half === undefined ? Number(hour) : (Number(hour) % 12) + (afternoon ? 12 : 0),
    Number(minute),
    Number(second),
    9 * HOUR,
  )
}

function fromDigits(date: string): Instant | undefined {
  if (/^\d{9,10}(\.\d+)?$/.test(date)) return Math.floor(Number(date) * 1000)
  if (/^\d{12,13}$/.test(date)) return Number(date)
  const ordinal = ORDINAL.exec(date)
  if (ordinal === null) return undefined
  const day = Number(ordinal[2])
  const start = instant({ year: fullYear(ordinal[1] ?? '') })
  return start === undefined || day < 1 || day > 366 ? undefined : start + (day - 1) * 24 * HOUR
}

function fromNamedMonth(date: string): Instant | undefined {
  const match = NAMED_MONTH.exec(date)
  const month = monthNumber(match?.[2] ?? '')
  if (match === null || month === undefined) return undefined
  return instant(fromIso(`${match[1]}-${month}-${match[3]}${match[4]}`))
}

/** Sorts the words of an RFC 822 date by what they look like, since publishers put them in any order. */
function fromWords(date: string): Fields | undefined {
  const words = date
    .replace(/\([^()]*\)/g, ' ')
    .replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1')
    .split(/[\s,]+/)
    .filter(word => word !== '')
  const found: { -readonly [K in keyof Fields]?: Fields[K] } = {}
  for (const [index, word] of words.entries()) if (!place(word, index, found)) return undefined
  const { year, month, day } = found
  return year === undefined || month === undefined || day === undefined ? undefined : { ...found, year, month, day }
}

function place(word: string, index: number, found: { -readonly [K in keyof Fields]?: Fields[K] }): boolean {
  const time = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[ap]m)?$/i.exec(word)
  if (time !== null) {
    Object.assign(found, { hour: halfDay(Number(time[1]), time[4]), minute: Number(time[2]), second: Number(time[3] ?? 0) })
    return true
  }
  if (/^[ap]\.?m\.?$/i.test(word) && found.hour !== undefined) {
    found.hour = halfDay(found.hour, word)
    return true
  }
  const whole = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word) ?? /^(\d{1,2})[-/](\p{L}+|\d{1,2})[-/](\d{4}|\d\d)$/u.exec(word)
  if (whole !== null) return placeWhole(whole, found)
  const month = monthNumber(word.replace(/\.$/, ''))
  if (month !== undefined) {
    // The last wins: "Mar" is Tuesday in Spanish, French and Italian, and stands before the month.
    found.month = month
    return true
  }
  if (/^\d+$/.test(word)) return placeNumber(word, found)
  return placeZone(word, index, found)
}

function placeWhole(
  [, first = '', second = '', third = '']: RegExpExecArray,
  found: { -readonly [K in keyof Fields]?: Fields[K] },
): boolean {
  if (first.length === 4) Object.assign(found, { year: Number(first), month: Number(second), day: Number(third) })
  else if (!/^\d/.test(second)) Object.assign(found, { day: Number(first), month: monthNumber(second), year: fullYear(third) })
  // Day and month are told apart only where one of them cannot be a month.
  else if (Number(first) > 12) Object.assign(found, { day: Number(first), month: Number(second), year: fullYear(third) })
  else if (Number(second) > 12) Object.assign(found, { month: Number(first), day: Number(second), year: fullYear(third) })
  else return false
  return found.month !== undefined
}

function placeNumber(word: string, found: { -readonly [K in keyof Fields]?: Fields[K] }): boolean {
  if (word.length === 4 && found.year === undefined) found.year = Number(word)
  else if (word.length <= 2 && found.day === undefined) found.day = Number(word)
  else if (word.length <= 3 && found.year === undefined) found.year = fullYear(word)
  else return false
  return true
}

function placeZone(word: string, index: number, found: { -readonly [K in keyof Fields]?: Fields[K] }): boolean {
  const offsetMs = zoneOffset(word)
  if (offsetMs !== undefined) {
    found.offsetMs ??= offsetMs
    return true
  }
  // The name of a weekday says nothing the date does not; a zone nobody knows behind the time is taken as UTC.
  return /^[\p{L}\p{M}.]+$/u.test(word) && (index === 0 || found.hour !== undefined)
}

function halfDay(hour: number, half: string | undefined): number {
  if (half === undefined || /^z/i.test(half)) return hour
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0)
}

// RFC 2822 §4.3 has the pivot at 50; dates of feeds are younger than 1970.
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 3) return year
  return digits.length === 3 ? year + 1900 : year + (year < 70 ? 2000 : 1900)
}

function fieldsOf(match: RegExpExecArray, offsetMs: number): Fields {
  const [year = 0, month, day, hour, minute, second] = match.slice(1, 7).map(part => (part === undefined ? undefined : Number(part)))
  return fields(year, month, day, hour, minute, second, offsetMs)
}

function fields(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0, offsetMs = 0): Fields {
  return { year, month, day, hour, minute, second, offsetMs }
}

function instant(date: Fields | undefined): Instant | undefined {
  if (date === undefined) return undefined
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, offsetMs = 0 } = date
  if (hour > 24 || minute > 59 || second > 60 || Math.abs(offsetMs) >= 24 * HOUR) return undefined
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined
  return midnight.getTime() + hour * HOUR + minute * MINUTE + second * 1000 - offsetMs
}
