import type { OutletId, Slug } from '../../src/domain/identifiers.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import type { RequestedFeed } from '../../src/domain/output-feed.ts'
import { type Clock, HOUR } from '../../src/domain/time.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { type MatchDeps, matchPosts } from '../../src/pipeline/match-posts.ts'
import type { PublishDeps, PublishReport } from '../../src/pipeline/publish-deps.ts'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../../src/store/store.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { BLOG, publishingOn } from './publishing.ts'
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

/** A requested feed, of all posts unless it says otherwise. */
export function aRequestedFeed(slug: string, changes: Partial<RequestedFeed> = {}): RequestedFeed {
  const all = {
    any: [],
    all: [],
    none: [],
    outlets: [] as readonly OutletId[],
    include: 'translated',
    titles: 'japanese',
    content: 'full',
    excerptCharacters: 200,
    limit: 50,
  } as const
  return { slug: slug as Slug, ...all, ...changes }
}

/** A map with the same labels for each number from `first` to `last`. */
export function numbered(first: number, last: number, labels: readonly string[]): ReadonlyMap<number, readonly string[]> {
  return new Map(Array.from({ length: last - first + 1 }, (_, index) => [first + index, labels]))
}

/**
 * Opens an empty store and an output folder; publishing goes by a config that tests change one key at a time.
 *
 * @param around.storeFile where other processes find the store; nowhere unless given
 * @param around.clock in place of one that goes on by `wait`
 */
export async function openNewsroom(around: { readonly storeFile?: string; readonly clock?: Clock } = {}): Promise<Newsroom> {
  const folder = await temporaryFolder()
  const store = await openStore(around.storeFile ?? ':memory:')
  atEnd(() => store[Symbol.asyncDispose]())
  let time = START
  const now = around.clock ?? (() => time++)
  const directory = outletDirectory([])
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
    dictionary: null,
    now,
  }
  const publishing = publishingOn({ store, folder, now })
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
