import { DAY, type Instant } from '../domain/time.ts'

/** The longest lease that is granted or believed, ms. */
export const LONGEST_LEASE = 30 * DAY
/** The longest that anybody may have itself put off by Retry-After, or by failing, ms. */
export const LONGEST_PUT_OFF = 2 * DAY

/**
 * Whether the time for something has come. One that lies further ahead than the thing is ever put off was noted by a clock
 * that ran ahead: nobody waits for it.
 */
export function hasCome(at: Instant, now: Instant, longestMs: number): boolean {
  return at <= now || at > now + longestMs
}
