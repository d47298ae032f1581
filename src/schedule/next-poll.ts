import { DAY, type Instant } from '../domain/time.ts'

/** What decides when a source is polled next. */
export interface PollSignals {
  /** The operator's interval. */
  readonly everyMs: number
  /** Polls that failed in a row, this one included; 0 after one that did not. */
  readonly failures: number
  /** Waits the publisher asked for (Retry-After, ttl, max-age); the longest counts. */
  readonly askedMs: readonly (number | undefined)[]
  /** In [0, 1): spreads sources that were polled together. */
  readonly jitter: number
}

// A source that has been down for days is still looked at once a day: errors never end polling (miniflux#879).
const LONGEST_WAIT = DAY
/** No publisher is waited for longer than this at once, whatever it asks for, ms. */
export const LONGEST_ASKED = 2 * DAY
const JITTER_SHARE = 0.1

/**
 * When a source is polled next: its interval, doubled with each failure in a row up to a day, or what the publisher
 * asked for if that is longer, and up to a tenth more so that sources drift apart. Never sooner after a failure.
 */
export function nextPollAt(now: Instant, signals: PollSignals): Instant {
  const doubled = signals.everyMs * 2 ** Math.min(Math.max(signals.failures - 1, 0), 20)
  const own = Math.max(signals.everyMs, Math.min(doubled, LONGEST_WAIT))
  const asked = signals.askedMs.map(ms => Math.min(ms ?? 0, LONGEST_ASKED))
  const wait = Math.max(own, ...asked)
  return Math.round(now + wait + signals.everyMs * JITTER_SHARE * signals.jitter)
}

/** The longest wait that `nextPollAt` gives a source with this interval, ms. */
export function longestWaitMs(everyMs: number): number {
  return Math.max(everyMs, LONGEST_WAIT, LONGEST_ASKED) + everyMs * JITTER_SHARE
}

/** A number in [0, 1) that a name always gives: the same source keeps its place in the hour over restarts. */
export function offsetOf(name: string): number {
  let hash = 0x811c9dc5
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  // Names often differ in their last character alone: it has to reach every bit (the finish of MurmurHash3).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
