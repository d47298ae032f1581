import type { OutletId, Slug, SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import type { RequestedFeed } from '../../src/domain/output-feed.ts'
import { HOUR } from '../../src/domain/time.ts'
import { fragmentCache } from '../../src/pipeline/fragment-cache.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { type MatchDeps, matchPosts } from '../../src/pipeline/match-posts.ts'
import type { PublishDeps, PublishReport } from '../../src/pipeline/publish-deps.ts'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { START } from './start.ts'

/** What is published, and what it is published from. */
export interface Newsroom {
  readonly store: Store
  readonly folder: string
  /** Makes these all the posts there are: labels by a number that tells posts apart. */
  readonly setPosts: (labelsByNumber: ReadonlyMap<number, readonly string[]>) => Promise<void>
  /** What everything works with; the clock goes on by `wait`. */
  readonly matching: MatchDeps
  readonly publishing: PublishDeps
  readonly wait: (ms: number) => void
  readonly publish: (changes?: Partial<PublishDeps>) => Promise<PublishReport>
}

const BLOG: PostFeedSource = {
  kind: 'post-feed',
  id: 'blog' as SourceId,
  feedUrl: 'https://blog.example.jp/feed',
  pollEveryMs: HOUR,
  language: 'ja',
  onlyLabels: [],
}

/** A requested feed, of all posts unless it says otherwise. */
export function aRequestedFeed(slug: string, changes: Partial<RequestedFeed> = {}): RequestedFeed {
  const all = {
    any: [],
    all: [],
    none: [],
    outlets: [] as readonly OutletId[],
    include: 'translated',
    titles: 'japanese',
    limit: 50,
  } as const
  return { slug: slug as Slug, ...all, ...changes }
}

/** A map with the same labels for each number from `first` to `last`. */
export function numbered(first: number, last: number, labels: readonly string[]): ReadonlyMap<number, readonly string[]> {
  return new Map(Array.from({ length: last - first + 1 }, (_, index) => [first + index, labels]))
}

/** Opens an empty store and an output folder; publishing goes by a config that tests change one key at a time. */
export async function openNewsroom(): Promise<Newsroom> {
  const folder = await temporaryFolder()
  const store = await openStore(':memory:')
  atEnd(() => store[Symbol.asyncDispose]())
  let time = START
  const now = () => time++
  const directory = outletDirectory([])
  const fragments = fragmentCache(1_000_000)
  const matching: MatchDeps = {
    store,
    directory,
    postSources: [BLOG],
    pairs: [],
    judgementDigest: 'digest',
    windowMs: HOUR,
    glossary: [],
    acceptAbove: 1,
    proposeAbove: 1,
    now,
  }
  const publishing: PublishDeps = {
    site: {
      title: '対訳帖',
      url: 'https://feeds.example.jp/',
      id: 'tag:example.jp,2026:kakehashi',
      language: 'ja',
      author: { name: '架け橋' },
      timeZone: 'Asia/Tokyo',
    },
    ...{ store, directory, fragments, folder, now, generator: { version: '1.0.0' } },
    ...{ requested: [], limit: 50, hideLabels: [], postSources: [BLOG], stylesheet: 'p {}', acceptShrink: false },
  }
  return {
    store,
    folder,
    setPosts: async labelsByNumber => {
      const entries = [...labelsByNumber].map(([number, labels]) => incomingEntry(entryOf(number, labels), BLOG, directory))
      const feed = { authors: [], contributors: [], categories: [], links: [] }
      await store.entries.saveEntries({ source: BLOG.id, feed, entries, activeSources: new Set([BLOG.id]), isComplete: true, now })
      await matchPosts(matching)
    },
    matching,
    publishing,
    wait: ms => {
      time += ms
    },
    publish: changes => publishFeeds({ ...publishing, ...changes }),
  }
}

function entryOf(number: number, labels: readonly string[]) {
  return {
    id: `https://blog.example.jp/${number}`,
    title: { type: 'text', value: `第${number}回` },
    content: { type: 'html', value: '<p>本文です。</p>' },
    published: START - number * HOUR,
    authors: [],
    contributors: [],
    categories: labels.map(term => ({ term })),
    links: [],
  } as const
}
