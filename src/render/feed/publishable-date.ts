import type { Instant } from '../../domain/time.ts'

// RFC 3339 §5.6 has years of four digits.
const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** Gives an instant as a date that every syntax can write; undefined where there is none or it lies outside the years 1 to 9999. */
export function publishableDate(instant: Instant | undefined): Date | undefined {
  return instant !== undefined && instant >= FIRST && instant <= LAST ? new Date(instant) : undefined
}

/** Writes a date as RFC 3339 has it, in UTC, with milliseconds only where there are any. */
export function rfc3339(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z')
}
