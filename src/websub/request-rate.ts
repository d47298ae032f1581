import { type Instant, MINUTE } from '../domain/time.ts'

/** How many requests a hub verifies in a minute: whoever asks decides whom it asks back. */
export interface RateLimits {
  readonly perMinute: number
  /** For callbacks at one host. */
  readonly perHostAndMinute: number
}

/**
 * Gives what counts requests: undefined lets one in, a number says how long to wait, ms. No more is remembered than may be
 * let in.
 */
export function requestRate({ perMinute, perHostAndMinute }: RateLimits): (host: string, now: Instant) => number | undefined {
  let recent: { readonly host: string; readonly at: Instant }[] = []
  return (host, now) => {
    recent = recent.filter(({ at }) => at > now - MINUTE && at <= now)
    const ofHost = recent.filter(one => one.host === host)
    const full = recent.length >= perMinute ? recent : ofHost.length >= perHostAndMinute ? ofHost : undefined
    if (full !== undefined) return (full[0]?.at ?? now) + MINUTE - now
    recent.push({ host, at: now })
    return undefined
  }
}
