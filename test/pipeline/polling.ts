import type { SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import type { PollState } from '../../src/domain/poll.ts'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import type { FetchedDocument, FetchOutcome } from '../../src/fetch/fetch-outcome.ts'
import type { FetchRequest } from '../../src/fetch/fetcher.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'
import type { PollReport } from '../../src/pipeline/poll-progress.ts'
import { runCycle, scheduled } from '../../src/pipeline.ts'
import { openNewsroom } from './newsroom.ts'

/** Sources that are polled from a web made up by the test, with a clock that goes on when the test says so. */
export interface Polling {
  /** Polls and says what became of each source, by its id. */
  readonly cycle: (which?: 'due' | 'all', signal?: AbortSignal) => Promise<Readonly<Record<string, PollReport>>>
  readonly now: () => Instant
  readonly wait: (ms: number) => void
  /** Waits until a source is due. */
  readonly waitFor: (id: string) => Promise<void>
  readonly state: (id: string) => Promise<PollState>
  /** How long a source is put off from now, ms. */
  readonly waitOf: (id: string) => Promise<number>
  readonly requests: FetchRequest[]
}

/** Answers a request that comes in at `now`. */
export type Web = (request: FetchRequest, now: Instant) => FetchOutcome | Promise<FetchOutcome>

/** A source of posts that is asked once an hour. */
export function aSource(id: string, feedUrl: string): PostFeedSource {
  return { kind: 'post-feed', id: id as SourceId, feedUrl, pollEveryMs: HOUR, language: 'ja', onlyLabels: [] }
}

/** An answer that brings a document. */
export function brings(body: string, { url }: Pick<FetchRequest, 'url'>, more: Partial<FetchedDocument> = {}): FetchedDocument {
  return { kind: 'ok', url, status: 200, bytes: new TextEncoder().encode(body), validators: {}, ...more }
}

export async function openPolling(sources: readonly PostFeedSource[], web: Web): Promise<Polling> {
  const { store, matching, publishing, wait } = await openNewsroom()
  const { now } = matching
  const requests: FetchRequest[] = []
  await store.sources.sync(sources.map(source => scheduled(source, now())))
  const activeSources = new Set(sources.map(({ id }) => id))
  const state = async (id: string) => {
    const found = (await store.sources.states([id as SourceId])).get(id as SourceId)
    if (found === undefined) throw new Error(`expected a source "${id}"`)
    return found
  }
  return {
    now,
    wait,
    state,
    requests,
    waitFor: async id => wait(Math.max((await state(id)).nextPollAt - now(), 0)),
    waitOf: async id => (await state(id)).nextPollAt - now(),
    cycle: async (which = 'due', signal) => {
      const stop = signal === undefined ? {} : { signal }
      const fetch = async (request: FetchRequest) => {
        requests.push(request)
        return web(request, now())
      }
      const readFolder = () => Promise.reject(new Error('expected no folder'))
      const { polls } = await runCycle({
        ...{ sources, which, store, now, concurrency: 8, ...stop },
        // Nothing of this is about what is published.
        publish: { ...publishing, hideLabels: ['外交'] },
        match: { ...matching, postSources: sources },
        poll: {
          ...{ fetch, readFolder, store, now, activeSources, parse: parseFeed, directory: matching.directory, ...stop },
          ...{ judgementDigest: '', leaseMs: HOUR, pausedHosts: new Map(), jitter: () => 0 },
        },
      })
      return Object.fromEntries(polls.map(report => [report.source, report]))
    },
  }
}
