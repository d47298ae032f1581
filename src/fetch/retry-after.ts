import { DAY, type Instant, SECOND } from '../domain/time.ts'

// Servers send absurd values; two days is where other readers stop believing them too (FIELD-NOTES §5.31).
const LONGEST_MS = 2 * DAY

// IMF-fixdate, RFC 850 and asctime (RFC 9110 §5.6.7) in one loose shape; anything looser would let Date.parse guess.
const HTTP_DATE = /^[A-Z][a-z]{2,8},? [A-Za-z0-9 :-]{15,25}( GMT)?$/

/**
 * Reads a Retry-After value (RFC 9110 §10.2.3), seconds or an HTTP date, as milliseconds from `now`, between 0 and two
 * days. Undefined where there is none or it is neither.
 */
export function retryAfterMs(value: string | undefined, now: Instant): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(Number(text) * SECOND, LONGEST_MS)
  const date = HTTP_DATE.exec(text)
  // asctime names no zone but means GMT; Date.parse would take it for local time.
  const at = date === null ? Number.NaN : Date.parse(date[1] === undefined ? `${text} GMT` : text)
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - now, 0), LONGEST_MS)
}
