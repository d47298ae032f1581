import { AppError } from '../../domain/app-error.ts'
import { type Instant, SECOND } from '../../domain/time.ts'

/** Tells the moment at which clocks of a time zone show a date and time. */
export type WallTime = (text: string) => Instant | undefined

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:(AM|PM))?$/i
const JAPANESE = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:(AM|PM))?$/i

/**
 * Makes a reader of times as Movable Type writes them, `MM/DD/YYYY hh:mm:ss AM`, on either clock, and of `YYYY/MM/DD hh:mm`.
 * Undefined where a text is no such time. A time that a change to summer time skips counts as the one after it.
 *
 * @throws AppError `usage` where there is no such time zone
 */
export function wallTime(timeZone: string): WallTime {
  const format = formatOf(timeZone)
  return text => {
    const asUtc = readAsUtc(text.normalize('NFKC').trim())
    if (asUtc === undefined) return undefined
    // Twice, as the first guess may lie on the other side of a change of the clocks.
    const guess = asUtc - offsetAt(asUtc, format)
    return asUtc - offsetAt(guess, format)
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    const numeric = 'numeric' as const
    const date = { year: numeric, month: numeric, day: numeric }
    return new Intl.DateTimeFormat('en-US', { ...date, hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23', timeZone })
  } catch (cause) {
    throw new AppError('usage', `--time-zone: expected a time zone such as "Asia/Tokyo", got "${timeZone}"`, { cause })
  }
}

function readAsUtc(text: string): Instant | undefined {
  if (text.length > 40) return undefined
  const american = AMERICAN.exec(text)
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '0', half = ''] =
    american === null ? (JAPANESE.exec(text) ?? []) : [american[0], american[3], american[1], american[2], ...american.slice(4)]
  if (year === '') return undefined
  const hours = hoursOf(Number(hour), half.toUpperCase())
  const instant = Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second))
  const read = new Date(instant)
  const isReal = read.getUTCMonth() + 1 === Number(month) && read.getUTCDate() === Number(day) && hours < 24 && Number(minute) < 60
  return isReal ? instant : undefined
}

/** 12 AM is midnight, 12 PM noon; some write "13:05:00 PM". */
function hoursOf(hour: number, half: string): number {
  if (half === 'AM' && hour === 12) return 0
  return half === 'PM' && hour < 12 ? hour + 12 : hour
}

function offsetAt(instant: Instant, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'))
  return shown - Math.floor(instant / SECOND) * SECOND
}
