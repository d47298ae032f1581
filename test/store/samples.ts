import type { Entry, FeedMetadata } from '../../src/domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Judgement, Match } from '../../src/domain/match.ts'
import type { PollState } from '../../src/domain/poll.ts'
import type { Post } from '../../src/domain/post.ts'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import type { IncomingEntry, SavedPoll } from '../../src/store/entry-batch.ts'
import { entryKey } from '../../src/store/entry-digest.ts'
import type { EntryStore, StoredEntry } from '../../src/store/entry-store.ts'
import type { Store } from '../../src/store/store.ts'

export const NOW: Instant = Date.parse('2025-03-12T09:00:00Z')
export const BLOG = 'blog' as SourceId
export const OUTLET_FEED = 'tni-main' as SourceId
export const TNI = 'tni' as OutletId

export function aState(changes: Partial<PollState> = {}): PollState {
  return {
    nextPollAt: NOW + HOUR,
    validators: { etag: 'W/"1"', lastModified: 'Wed, 12 Mar 2025 09:00:00 GMT' },
    failures: 0,
    lastPollAt: NOW,
    lastSuccessAt: NOW,
    lastChangeAt: NOW,
    lastResult: 'ok',
    lastDetail: '',
    bodyDigest: 'digest',
    resumeAt: null,
    address: 'https://blog.example/feed',
    memory: null,
    ...changes,
  }
}

export function aFeed(changes: Partial<FeedMetadata> = {}): FeedMetadata {
  return { title: { type: 'text', value: '翻訳ブログ' }, authors: [], contributors: [], categories: [], links: [], ...changes }
}

/** An entry as a poll brings it; a post unless it says `role: 'article'`. */
export function anIncoming(
  id: string,
  changes: Partial<Omit<IncomingEntry, 'entry'>> & { readonly entry?: Partial<Entry> } = {},
): IncomingEntry {
  const { entry, ...rest } = changes
  const role = rest.role ?? 'post'
  return {
    key: entryKey(role, id),
    role,
    outlet: role === 'article' ? TNI : null,
    address: null,
    title: `title of ${id}`,
    titleKey: `titleof${id}`,
    ...rest,
    entry: { id, title: { type: 'text', value: `title of ${id}` }, authors: [], contributors: [], categories: [], links: [], ...entry },
  }
}

/** Saves one poll; a post's by default. */
export async function poll(
  store: Store,
  entries: readonly IncomingEntry[],
  changes: Partial<Parameters<EntryStore['savePoll']>[0]> & { readonly at?: Instant } = {},
): Promise<SavedPoll> {
  const { at = NOW, ...rest } = changes
  const active = new Set([BLOG, OUTLET_FEED])
  return store.entries.savePoll({
    source: BLOG,
    state: () => aState(),
    feed: aFeed(),
    entries,
    activeSources: active,
    now: () => at,
    ...rest,
  })
}

export function aPost(entry: Pick<StoredEntry, 'key' | 'published' | 'source'>, changes: Partial<Post> = {}): Post {
  return {
    key: entry.key,
    source: entry.source,
    id: `id of ${entry.key}`,
    title: '見出し',
    headline: '見出し',
    outlets: [],
    labels: ['米外交政策'],
    authors: [],
    language: 'ja',
    published: entry.published,
    updated: entry.published,
    html: '<p>本文</p>',
    text: '本文',
    links: [],
    cited: [],
    englishLines: [],
    bylines: [],
    ...changes,
  }
}

export function noMatch(post: EntryKey, because = 'it cites no article'): Judgement {
  return { kind: 'none', post, because, runnersUp: [] }
}

export function aMatch(post: EntryKey, original: Partial<Match['original']>, changes: Partial<Match> = {}): Judgement {
  const nothing = { entry: null, outlet: null, url: null, address: null, title: null }
  return {
    kind: 'match',
    match: {
      post,
      state: 'accepted',
      decidedBy: 'machine',
      original: { ...nothing, ...original },
      tier: 2,
      score: 0.99,
      evidence: [],
      runnersUp: [],
      ...changes,
    },
  }
}
