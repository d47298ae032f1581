import type { Feed } from '../domain/feed.ts'
import type { SourceId } from '../domain/identifiers.ts'
import type { OutletSource, PostFeedSource, PostFolderSource, Source } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { FailureReason, PollResult, PollState, SourceMemory, Validators } from '../domain/poll.ts'
import { type Clock, DAY, type Instant } from '../domain/time.ts'
import type { FetchedDocument, FetchOutcome } from '../fetch/fetch-outcome.ts'
import type { Fetcher } from '../fetch/fetcher.ts'
import type { DocumentContext, ParsedDocument } from '../parse/parse-feed.ts'
import { bloggerNewsUrl } from '../posts/blogger.ts'
import type { FolderReading } from '../posts/folder.ts'
import { intervalMs } from '../schedule/back-up-poll.ts'
import { nextPollAt } from '../schedule/next-poll.ts'
import { outsideSkipped } from '../schedule/publishing-rhythm.ts'
import { proposedMove, silentSince } from '../schedule/source-memory.ts'
import type { IncomingEntry, SavedPoll } from '../store/entry-batch.ts'
import type { Store } from '../store/store.ts'
import type { Pushes } from './pushes.ts'

/** What one poll did, for the log, the summary and `check --live`. */
export interface PollReport {
  readonly source: SourceId
  readonly result: PollResult
  /** What an operator should read beside the result; empty when all is well. */
  readonly detail: string
  readonly added: number
  readonly changed: number
  /** Entries that were left out, and why. */
  readonly skipped: readonly string[]
  readonly requests: number
  /** Requests that carried a validator. */
  readonly conditional: number
  /** Answers 304. */
  readonly unmodified: number
  readonly durationMs: number
}

/** What polling needs of the world. */
export interface PollDeps {
  readonly fetch: Fetcher['fetch']
  readonly parse: (bytes: Uint8Array, context: DocumentContext) => Promise<ParsedDocument>
  readonly readFolder: (source: PostFolderSource) => Promise<FolderReading>
  readonly store: Pick<Store, 'sources' | 'entries' | 'subscriptions'>
  readonly directory: OutletDirectory
  readonly activeSources: ReadonlySet<SourceId>
  /** Folders are read anew when this changes, as front matter names outlets. */
  readonly judgementDigest: string
  readonly leaseMs: number
  /** Hosts that asked for a pause, and until when; a poll adds to it. */
  readonly pausedHosts: Map<string, Instant>
  readonly now: Clock
  /** A number in [0, 1). */
  readonly jitter: () => number
  /** One document of a feed is asked for, and what may be behind it is left to the next poll. */
  readonly newsOnly?: boolean
  /** Only where hubs can deliver: in a service that runs. */
  readonly pushes?: Pushes
  readonly signal?: AbortSignal
}

/** One poll under way: counts what it does and keeps the source's state in step. */
export class PollProgress {
  readonly source: Source
  readonly deps: PollDeps
  state: PollState
  hasFailed = false
  private isHubTrusted = true
  private readonly startedAt: Instant
  private readonly notBefore: Instant
  private askedHost = ''
  private readonly skipped: string[] = []
  private result: PollResult = 'not-modified'
  private detail = ''
  private counts = { added: 0, changed: 0, requests: 0, conditional: 0, unmodified: 0 }

  /** @param notBefore when it would have been due, had the operator not asked for the poll; a poll that does not come about changes nothing */
  constructor(source: Source, state: PollState, deps: PollDeps, notBefore: Instant = 0) {
    this.source = source
    this.deps = deps
    this.state = state
    this.notBefore = notBefore
    this.startedAt = deps.now()
  }

  get memory(): SourceMemory | null {
    return this.state.memory
  }

  /** Whether the host asked to be left alone, be it through another source; the poll is then put off. */
  async isHostPaused(): Promise<boolean> {
    if (this.source.kind === 'post-folder') return false
    const until = this.pausedUntil()
    if (until <= this.deps.now()) return false
    await this.store({ ...this.state, nextPollAt: Math.max(until, this.notBefore) })
    this.result = 'rate-limited'
    this.detail = 'not asked: its host wants a pause'
    return true
  }

  async fetch(url: string, validators: Validators): Promise<FetchOutcome> {
    this.askedHost = hostOf(url)
    const outcome = await this.deps.fetch({ url, validators }, this.deps.signal)
    this.counts.requests++
    if (validators.etag !== undefined || validators.lastModified !== undefined) this.counts.conditional++
    if (outcome.kind === 'not-modified') this.counts.unmodified++
    return outcome
  }

  parse(fetched: FetchedDocument): Promise<ParsedDocument> {
    const { bytes, url, contentType, contentLocation } = fetched
    const headers = { ...(contentType === undefined ? {} : { contentType }), ...(contentLocation === undefined ? {} : { contentLocation }) }
    return this.deps.parse(bytes, { url, ...headers })
  }

  skip(reasons: readonly string[]): void {
    this.skipped.push(...reasons)
  }

  /** Adds to what an operator should read of a poll that went well; stored with whatever is stored next. */
  remark(text: string): void {
    this.detail = this.detail === '' ? text : `${this.detail}; ${text}`
    this.state = { ...this.state, lastDetail: this.detail }
  }

  noteMemory(memory: SourceMemory): void {
    this.state = { ...this.state, memory }
  }

  /** The document is the one we know. New validators are kept all the same (feedbin#726). */
  async unchanged(validators: Validators, wholeAt?: Instant): Promise<void> {
    const now = this.deps.now()
    if (wholeAt !== undefined && this.state.memory !== null) this.noteMemory({ ...this.state.memory, wholeAt })
    const calm = this.calm(now)
    this.conclude('not-modified', now)
    await this.store({ ...calm, validators, lastResult: this.result, lastDetail: this.detail })
  }

  /**
   * @param resumeAt where the back-fill stands once this is stored
   * @param isComplete the entries are all the source has: the others are withdrawn
   */
  async save(
    feed: Pick<Feed, 'metadata' | 'skipped'>,
    entries: readonly IncomingEntry[],
    understood: { readonly validators?: Validators; readonly bodyDigest?: string },
    resumeAt: (saved: SavedPoll) => number | null,
    isComplete = false,
  ): Promise<SavedPoll> {
    const now = this.deps.now()
    this.skip(feed.skipped)
    this.conclude('ok', now)
    const state = (saved: SavedPoll): PollState => {
      this.state = {
        ...this.calm(now),
        ...understood,
        lastChangeAt: saved.added + saved.changed > 0 ? now : this.state.lastChangeAt,
        lastResult: this.result,
        lastDetail: this.detail,
        resumeAt: resumeAt(saved),
      }
      return this.state
    }
    const { activeSources, now: clock } = this.deps
    const poll = { source: this.source.id, feed: feed.metadata, entries, state, activeSources, isComplete, now: clock }
    const saved = await this.deps.store.entries.savePoll(poll)
    this.counts.added += saved.added
    this.counts.changed += saved.changed
    return saved
  }

  async fail(reason: FailureReason, detail: string, retryAfterMs?: number): Promise<void> {
    const now = this.deps.now()
    this.hasFailed = true
    this.result = reason
    this.detail = detail
    // The service is closing: the source was not heard, so nothing is known against it, and it is due again at once.
    if (reason === 'interrupted') return this.store({ ...this.state, nextPollAt: Math.max(now, this.notBefore) })
    const failures = this.state.failures + 1
    // Whoever answers 429 and does not say how long to wait is asked too often as it is.
    const steps = reason === 'rate-limited' && retryAfterMs === undefined ? failures + 1 : failures
    const next = reason === 'gone' ? now + NEVER : this.nextAfter(now, steps, retryAfterMs)
    await this.store({ ...this.state, nextPollAt: next, failures, lastPollAt: now, lastResult: reason, lastDetail: detail })
    if (retryAfterMs !== undefined) await this.pauseHost(retryAfterMs)
  }

  /** Leaves every source of the host alone for as long as it asked for (RFC 9110 §10.2.3). */
  async pauseHost(retryAfterMs: number): Promise<void> {
    const { pausedHosts, now, store } = this.deps
    const until = Math.max(now() + retryAfterMs, pausedHosts.get(this.askedHost) ?? 0)
    pausedHosts.set(this.askedHost, until)
    await store.sources.deferHost(this.askedHost, until)
  }

  /** Stores the state as it stands, with what is new about it. */
  async keep(change: Pick<Partial<PollState>, 'resumeAt' | 'memory'>): Promise<void> {
    await this.store({ ...this.state, ...change })
  }

  /** The source is polled at its own interval again, whatever its hub has promised. */
  distrustHub(): void {
    this.isHubTrusted = false
  }

  /** There is more to read, but others have their turn first. */
  async comeBackSoon(): Promise<void> {
    await this.store({ ...this.state, nextPollAt: Math.max(this.deps.now(), this.pausedUntil()) })
  }

  async renewLease(): Promise<void> {
    await this.deps.store.sources.renew(this.source.id, this.deps.now() + this.deps.leaseMs)
  }

  report(): PollReport {
    const { source, result, detail, skipped, counts } = this
    return { source: source.id, result, detail, skipped, ...counts, durationMs: this.deps.now() - this.startedAt }
  }

  /** Says what an operator should know of a poll that went well. */
  private conclude(result: PollResult, now: Instant): void {
    const move = this.source.kind === 'post-folder' ? undefined : proposedMove(this.state.memory, newsAddress(this.source))
    const silence = silentSince(this.state.memory, now)
    const notes = [
      ...(move === undefined ? [] : [`moved for good to ${withoutSecrets(move)}: change its address in the config`]),
      ...(silence === undefined ? [] : [`nothing new since ${new Date(silence).toISOString().slice(0, 10)}, which is unlike it`]),
      ...(this.skipped.length === 0 ? [] : [`${this.skipped.length} left out: ${this.skipped[0]}`]),
    ]
    this.detail = notes.join('; ')
    this.result = move !== undefined ? 'moved' : silence !== undefined ? 'silent-too-long' : result
  }

  private calm(now: Instant): PollState {
    return { ...this.state, nextPollAt: this.nextAfter(now, 0), failures: 0, lastPollAt: now, lastSuccessAt: now }
  }

  /** What the feed is known to want counts after a failure too: an error is no reason to ask sooner. */
  private nextAfter(now: Instant, failures: number, retryAfterMs?: number): Instant {
    const { memory } = this.state
    const askedMs = [memory?.rhythmMs, memory?.requestedMs, memory?.freshForMs, retryAfterMs]
    const next = nextPollAt(now, { everyMs: this.intervalMs(now), failures, askedMs, jitter: this.deps.jitter() })
    return outsideSkipped(Math.max(next, this.pausedUntil()), memory ?? {})
  }

  private intervalMs(now: Instant): number {
    const { source, deps } = this
    const isPushed = source.kind !== 'post-folder' && this.isHubTrusted
    return intervalMs(source.pollEveryMs, isPushed ? deps.pushes?.standings.get(source.feedUrl) : undefined, now)
  }

  /** Until when the host asked to be left alone; the one that is asked is the one the source has moved to. */
  private pausedUntil(): Instant {
    if (this.source.kind === 'post-folder') return 0
    return this.deps.pausedHosts.get(hostOf(this.state.memory?.movedTo ?? this.source.feedUrl)) ?? 0
  }

  private async store(state: PollState): Promise<void> {
    this.state = state
    await this.deps.store.sources.save(this.source.id, state)
  }
}

// A feed that is gone is polled no more until its address is changed, or the operator asks for it by `once --all`.
const NEVER = 100 * 365 * DAY

/** An address as it may be shown: userinfo and query can hold keys. */
function withoutSecrets(address: string): string {
  const url = URL.parse(address)
  return url === null ? address : `${url.origin}${url.pathname}`
}

/** A source that is polled over HTTP. */
export type FeedSource = OutletSource | PostFeedSource

/** The address at which a source's news are asked for while it has not moved. */
export function newsAddress(source: FeedSource): string {
  return source.kind === 'post-feed' ? bloggerNewsUrl(source.feedUrl) : source.feedUrl
}

/** The host whose wishes a source of this address follows. */
export function hostOf(feedUrl: string): string {
  return URL.parse(feedUrl)?.host ?? ''
}
