import type { Text } from './feed.ts'
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

/** How the last poll of a source ended. `moved` and `silent-too-long` brought what they should, with something to tell. */
export type PollResult = 'ok' | 'not-modified' | 'moved' | 'silent-too-long' | FailureReason

const SUCCESSES: ReadonlySet<PollResult> = new Set<PollResult>(['ok', 'not-modified', 'moved', 'silent-too-long'])

/** Whether a poll brought what it should. */
export function isSuccess(result: PollResult): boolean {
  return SUCCESSES.has(result)
}

/** What a feed has shown of itself, for the polls that bring no document. */
export interface SourceMemory {
  /** As its last document had it. */
  readonly title?: Text
  /** How many its last document had. */
  readonly entries?: number
  /** The wait its own rhythm suggests, ms. */
  readonly rhythmMs: number
  /** Silence beyond this is unlike it, ms; null where too little is known. */
  readonly silenceMs: number | null
  /** The wait its document asks for, ms. */
  readonly requestedMs: number
  /** How long its last answer could be used without asking again (RFC 9111 §4.2), ms; unknown until it answers anew. */
  readonly freshForMs?: number
  readonly skipHours: readonly number[]
  readonly skipDays: readonly number[]
  /** When its newest entry appeared. */
  readonly newestAt: Instant | null
  /** When it last sent a whole document: validators that never change again are found out by asking without them. */
  readonly wholeAt: Instant | null
  /** Where permanent redirects lead (RFC 9110 §15.4.2, §15.4.9); polled in place of the configured address. */
  readonly movedTo: string | null
  /** Readable documents seen there in a row. */
  readonly moveSightings: number
  /** Absent for all but blogs on WordPress. */
  readonly wordpress?: WordpressMemory
}

/** What a blog on WordPress has shown of itself: its REST API tells of edits to posts that its feed is too short to show. */
export interface WordpressMemory {
  /** The root of the API; null where the blog names none. */
  readonly api: string | null
  /** Posts published from here on are in the feed, which shows their edits itself. */
  readonly shownSince: Instant
  /** Edits up to here are known. */
  readonly knownUntil: Instant
  readonly askedAt: Instant
  /** It is not asked before. */
  readonly notBefore: Instant
}

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
  readonly memory: SourceMemory | null
}
