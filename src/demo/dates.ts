import { HOUR, type Instant } from '../domain/time.ts'

const TOKYO_OFFSET = 9 * HOUR

/** RFC 822 date as WordPress prints it, with `+0000` for UTC. */
export function rfc822(instant: Instant): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000')
}

/** W3C date-time of RSS 1.0's dc:date, to the second. */
export function w3cDate(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', '+00:00')
}

/** RFC 3339 date with milliseconds and the sample blog's own offset, +09:00. */
export function tokyoTime(instant: Instant): string {
  return new Date(instant + TOKYO_OFFSET).toISOString().replace('Z', '+09:00')
}

/** The newest of some ISO 8601 dates; the epoch where there is none. */
export function newest(dates: readonly string[]): Instant {
  return Math.max(0, ...dates.map(date => Date.parse(date)))
}
