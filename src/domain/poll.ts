import type { Instant } from './time.ts'

/** ETag and Last-Modified exactly as received (RFC 9110 §8.8); opaque to us. */
export interface Validators {
  readonly etag?: string
  readonly lastModified?: string
}

/** Why a poll brought nothing; the closed set an operator meets in `status`. */
export type FailureReason =
  | 'gone'
  | 'blocked'
  | 'rate-limited'
  | 'not-found'
  | 'not-a-feed'
  | 'too-large'
  | 'unreadable'
  | 'timeout'
  | 'tls'
  | 'dns'
  | 'refused-address'
  | 'unreachable'
  | 'too-many-redirects'
  | 'server-error'
  | 'client-error'
  | 'interrupted'
  | 'internal'

/** How the last poll of a source ended. */
export type PollResult = 'ok' | 'not-modified' | FailureReason

/** What we know of a source between polls. */
export interface PollState {
  readonly nextPollAt: Instant
  readonly validators: Validators
  /** Polls that failed since the last that did not. */
  readonly failures: number
  readonly lastPollAt: Instant | null
  /** The last poll that ended `ok` or `not-modified`. */
  readonly lastSuccessAt: Instant | null
  /** The last poll that brought a new or changed entry. */
  readonly lastChangeAt: Instant | null
  readonly lastResult: PollResult | null
  /** What an operator should read beside `lastResult`; empty when all is well. */
  readonly lastDetail: string
  /** Digest of the last understood body: the same bytes again are no work. */
  readonly bodyDigest: string | null
  /** The 1-based index at which an unfinished back-fill of a paged feed goes on. */
  readonly resumeAt: number | null
  /** The feed address the state belongs to; another address starts afresh. */
  readonly address: string
}
