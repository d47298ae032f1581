import type { Feed } from '../../src/domain/feed.ts'
import type { PollResult } from '../../src/domain/poll.ts'
import { createFetcher, type Fetcher, type FetchOptions } from '../../src/fetch/fetcher.ts'
import { openFeedParser } from '../../src/parse/feed-parser.ts'
import { atEnd } from './at-end.ts'

/** What asking for a feed and reading it came to. */
export interface Polled {
  readonly result: PollResult
  /** What the operator reads; of a feed, why entries were left out. */
  readonly detail: string
  readonly feed?: Feed
}

/** Fetches and parses with the parts the program is made of, closed when the tests of the file are done. */
export interface Poller {
  /** @param options what differs from the poller's own options for this one poll */
  readonly poll: (url: string, options?: Partial<FetchOptions>) => Promise<Polled>
}

/** Opens a fetcher as the program's defaults have it, and the parser with its thread. */
export function openPoller(defaults: Partial<FetchOptions> = {}): Poller {
  const parser = openFeedParser()
  atEnd(() => parser.close())
  const poll: Poller['poll'] = async (url, options = {}) => {
    const fetcher = fetcherOf({ ...defaults, ...options })
    try {
      const fetched = await fetcher.fetch({ url, validators: {} })
      if (fetched.kind === 'failed') return { result: fetched.reason, detail: fetched.detail }
      if (fetched.kind === 'not-modified') return { result: 'not-modified', detail: '' }
      const { bytes, contentType } = fetched
      const parsed = await parser.parse(bytes, { url: fetched.url, ...(contentType === undefined ? {} : { contentType }) })
      if (parsed.kind !== 'feed') return { result: parsed.kind, detail: parsed.detail }
      return { result: 'ok', detail: parsed.feed.skipped.join(' '), feed: parsed.feed }
    } finally {
      await fetcher.close()
    }
  }
  return { poll }
}

function fetcherOf(options: Partial<FetchOptions>): Fetcher {
  return createFetcher({
    userAgent: 'Kakehashi-test/1',
    timeoutMs: 10_000,
    maxBytes: 10_000_000,
    concurrency: 32,
    perHost: 2,
    allowHosts: [],
    now: () => performance.now(),
    ...options,
  })
}
