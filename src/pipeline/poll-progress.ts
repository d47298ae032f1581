import type { Feed } from '../domain/feed.ts'
import type { SourceId } from '../domain/identifiers.ts'
import type { PostFolderSource, Source } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { FailureReason, PollResult, PollState, Validators } from '../domain/poll.ts'
import type { Clock, Instant } from '../domain/time.ts'
import type { Fetcher } from '../fetch/fetcher.ts'
import type { DocumentContext, ParsedDocument } from '../parse/parse-feed.ts'
import type { FolderReading } from '../posts/folder.ts'
import { nextPollAt } from '../schedule/next-poll.ts'
import type { IncomingEntry, SavedPoll } from '../store/entry-store.ts'
import type { Store } from '../store/store.ts'

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
  readonly store: Pick<Store, 'sources' | 'entries'>
  readonly directory: OutletDirectory
  readonly activeSources: ReadonlySet<SourceId>
  /** Folders are read anew when this changes, as front matter names outlets. */
  readonly judgementDigest: string
  readonly leaseMs: number
  readonly now: Clock
  /** A number in [0, 1). */
  readonly jitter: () => number
  readonly signal?: AbortSignal
}

/** One poll under way: counts what it does and keeps the source's state in step. */
export class PollProgress {
  readonly source: Source
  readonly deps: PollDeps
  state: PollState
  private readonly startedAt: Instant
  private readonly skipped: string[] = []
  private result: PollResult = 'not-modified'
  private detail = ''
  private counts = { added: 0, changed: 0, requests: 0, conditional: 0, unmodified: 0 }

  constructor(source: Source, state: PollState, deps: PollDeps) {
    this.source = source
    this.deps = deps
    this.state = state
    this.startedAt = deps.now()
  }

  async fetch(url: string, validators: Validators): ReturnType<Fetcher['fetch']> {
    const outcome = await this.deps.fetch({ url, validators }, this.deps.signal)
    this.counts.requests++
    if (validators.etag !== undefined || validators.lastModified !== undefined) this.counts.conditional++
    if (outcome.kind === 'not-modified') this.counts.unmodified++
    return outcome
  }

  skip(reasons: readonly string[]): void {
    this.skipped.push(...reasons)
  }

  /** The document is the one we know. New validators are kept all the same (feedbin#726). */
  async unchanged(validators: Validators): Promise<void> {
    const now = this.deps.now()
    const detail = this.skipped[0] ?? ''
    await this.store({ ...this.calm(now), validators, lastResult: 'not-modified', lastDetail: detail })
    this.detail = detail
  }

  async save(
    feed: Pick<Feed, 'metadata' | 'skipped'>,
    entries: readonly IncomingEntry[],
    understood: { readonly validators?: Validators; readonly bodyDigest?: string },
    resumeAt: (saved: SavedPoll) => number | null,
  ): Promise<PollState> {
    const now = this.deps.now()
    this.skip(feed.skipped)
    this.result = 'ok'
    this.detail = this.skipped.length === 0 ? '' : `${this.skipped.length} left out: ${this.skipped[0]}`
    const state = (saved: SavedPoll): PollState => {
      this.state = {
        ...this.calm(now),
        ...understood,
        lastChangeAt: saved.added + saved.changed > 0 ? now : this.state.lastChangeAt,
        lastResult: 'ok',
        lastDetail: this.detail,
        resumeAt: resumeAt(saved),
      }
      return this.state
    }
    const { activeSources, now: clock } = this.deps
    const saved = await this.deps.store.entries.savePoll({
      source: this.source.id,
      feed: feed.metadata,
      entries,
      state,
      activeSources,
      now: clock,
    })
    this.counts.added += saved.added
    this.counts.changed += saved.changed
    return this.state
  }

  async fail(reason: FailureReason, detail: string, retryAfterMs?: number): Promise<void> {
    const now = this.deps.now()
    // The service is closing: the source was not heard, so nothing is known against it, and it is due again at once.
    if (reason === 'interrupted') await this.store({ ...this.state, nextPollAt: now })
    else {
      const failures = this.state.failures + 1
      const next = nextPollAt(now, { everyMs: this.source.pollEveryMs, failures, askedMs: [retryAfterMs], jitter: this.deps.jitter() })
      await this.store({ ...this.state, nextPollAt: next, failures, lastPollAt: now, lastResult: reason, lastDetail: detail })
      if (retryAfterMs !== undefined && this.source.kind !== 'post-folder') {
        await this.deps.store.sources.deferHost(hostOf(this.source.feedUrl), Math.min(next, now + retryAfterMs))
      }
    }
    this.result = reason
    this.detail = detail
  }

  report(): PollReport {
    const { source, result, detail, skipped, counts } = this
    return { source: source.id, result, detail, skipped, ...counts, durationMs: this.deps.now() - this.startedAt }
  }

  private calm(now: Instant): PollState {
    const next = nextPollAt(now, { everyMs: this.source.pollEveryMs, failures: 0, askedMs: [], jitter: this.deps.jitter() })
    return { ...this.state, nextPollAt: next, failures: 0, lastPollAt: now, lastSuccessAt: now }
  }

  private async store(state: PollState): Promise<void> {
    this.state = state
    await this.deps.store.sources.save(this.source.id, state)
  }
}

/** The host whose wishes a source of this address follows. */
export function hostOf(feedUrl: string): string {
  return URL.parse(feedUrl)?.host ?? ''
}
