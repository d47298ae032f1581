import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../domain/time.ts'

/** A length of time for people: `42 s`, `5 min`, `3 h`, `12 d`. */
export function describeSpan(ms: number): string {
  const length = Math.abs(ms)
  if (length < MINUTE) return `${Math.round(length / SECOND)} s`
  if (length < HOUR) return `${Math.round(length / MINUTE)} min`
  if (length < 2 * DAY) return `${Math.round(length / HOUR)} h`
  return `${Math.round(length / DAY)} d`
}

/** `5 min ago`, `in 3 h`, `never`. */
export function describeInstant(instant: Instant | null, now: Instant): string {
  if (instant === null) return 'never'
  return instant <= now ? `${describeSpan(now - instant)} ago` : `in ${describeSpan(instant - now)}`
}
