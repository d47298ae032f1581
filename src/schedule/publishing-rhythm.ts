import type { PublishingRhythm } from '../domain/feed.ts'
import { DAY, HOUR, type Instant } from '../domain/time.ts'

// A feed asked twice between two of its entries shows each of them half a gap late at most.
const POLLS_PER_GAP = 2
// However slow a feed, it is looked at twice a day: what it brings then is news.
const LONGEST_RHYTHM = 12 * HOUR
const GAPS = 12
// CommaFeed calls a feed dormant after 30 days; so do we.
const DORMANT = 30 * DAY
const SHORTEST_ALARM = 7 * DAY
const LONGEST_ALARM = 120 * DAY

/** What a feed's own entries say of when the next one may come. */
export interface ObservedRhythm {
  /** A wait that misses little, ms; 0 where too little is known. */
  readonly waitMs: number
  /** Silence beyond this is unlike the feed, ms; null where too little is known. */
  readonly silenceMs: number | null
}

/** Reads a feed's rhythm off the instants at which its entries appeared, in any order; those in the future do not count. */
export function observedRhythm(instants: readonly Instant[], now: Instant): ObservedRhythm {
  const past = instants.filter(instant => instant <= now).toSorted((a, b) => b - a)
  const [newest] = past
  if (newest === undefined) return { waitMs: 0, silenceMs: null }
  const gaps = past.slice(1, GAPS + 1).map((instant, index) => (past[index] ?? instant) - instant)
  if (gaps.length < 3) return { waitMs: 0, silenceMs: null }
  const sorted = gaps.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const longest = sorted.at(-1) ?? 0
  const waitMs = now - newest > DORMANT ? LONGEST_RHYTHM : Math.min(median / POLLS_PER_GAP, LONGEST_RHYTHM)
  return { waitMs: Math.round(waitMs), silenceMs: Math.min(Math.max(3 * longest, SHORTEST_ALARM), LONGEST_ALARM) }
}

/** The wait a publisher asks for in the document: RSS `ttl`, or the syndication module's period; the longer one. */
export function requestedWaitMs(rhythm: PublishingRhythm | undefined): number {
  return Math.max(rhythm?.ttlMs ?? 0, rhythm?.updateEveryMs ?? 0)
}

/**
 * The first instant, whole hours from `at` on, that lies in no hour and on no day the publisher wants skipped (UTC). The
 * minute stays, or every feed that skips the night would be asked on the stroke of the hour. A publisher who wants every
 * hour or day skipped means none.
 */
export function outsideSkipped(at: Instant, skip: Pick<PublishingRhythm, 'skipHours' | 'skipDays'>): Instant {
  const hours = new Set(skip.skipHours ?? [])
  const days = new Set(skip.skipDays ?? [])
  if (hours.size >= 24 || days.size >= 7 || (hours.size === 0 && days.size === 0)) return at
  let candidate = at
  for (let step = 0; step < 24 * 8; step++) {
    const date = new Date(candidate)
    if (!hours.has(date.getUTCHours()) && !days.has(date.getUTCDay())) return candidate
    candidate += HOUR
  }
  return at
}
