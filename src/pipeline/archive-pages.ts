import type { EntryKey, Slug } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import { archivePath, type Site } from '../domain/site.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { SANITIZER_VERSION } from '../html/sanitize.ts'
import { entryId } from '../render/feed/entry-id.ts'
import type { FeedPlace, Tombstone } from '../render/feed/feed-header.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { type ArchivePage, archivePlan } from './archive-pages-plan.ts'
import { digestOf } from './digest.ts'
import { newestPosts } from './newest-posts.ts'
import type { PublishDeps } from './publish-deps.ts'
import type { PublishRun } from './publish-run.ts'
import { renderArchive } from './render-archive.ts'

/** A feed in time: what its own document says of its history, and its archives, oldest first. */
export interface FeedHistory {
  readonly place: FeedPlace
  readonly tombstones: readonly Tombstone[]
  readonly archives: readonly ArchivePage<CataloguedPost>[]
}

// How long readers are told that a post is gone: those that have not asked for so long have forgotten it themselves.
const TOLD_OF_WITHDRAWN_MS = 90 * DAY
// A folder that was moved away takes thousands with it; no reader needs a document of nothing but graves.
const MOST_TOMBSTONES = 200

/**
 * Finds a feed's place in its history, and notes which posts it carries and in which archives they are from now on. Only
 * feeds of translations have archives: articles leave the others as soon as they are translated.
 *
 * @param members all posts the feed selects, oldest first
 * @param past what is noted of every feed
 */
export async function feedHistory(
  { slug, include, limit }: FeedRule,
  members: readonly CataloguedPost[],
  { store, archiveSize }: Pick<PublishDeps, 'store' | 'archiveSize'>,
  past: FeedsPast,
): Promise<FeedHistory> {
  if (include !== 'translated') return { place: { kind: 'current', newestArchive: null }, tombstones: [], archives: [] }
  const inDocument = new Set(newestPosts(members, limit).map(({ key }) => key))
  const given = past.pages.get(slug) ?? new Map<EntryKey, number>()
  const { assigned, pages, isComplete } = archivePlan(members, inDocument, given, Math.min(archiveSize, limit))
  const carried = [...inDocument].flatMap(key => (given.has(key) || assigned.has(key) ? [] : [[key, 0] as const]))
  await store.archives.keep(slug, new Map<EntryKey, number>([...carried, ...assigned]))
  return {
    place: isComplete ? { kind: 'complete' } : { kind: 'current', newestArchive: pages.at(-1)?.page ?? null },
    tombstones: past.tombstones.get(slug) ?? [],
    archives: pages,
  }
}

/** What is noted of the past of feeds, by their slugs. */
export interface FeedsPast {
  /** What readers are told of posts that feeds have carried and that were withdrawn lately. */
  readonly tombstones: ReadonlyMap<Slug, readonly Tombstone[]>
  /** The archives that posts are in; 0 for those that only a feed's own document has carried. */
  readonly pages: ReadonlyMap<Slug, ReadonlyMap<EntryKey, number>>
}

/** Reads what is noted of the past of all feeds. */
export async function feedsPast({
  store,
  site,
  now,
}: { readonly store: Pick<Store, 'archives'>; readonly site: Pick<Site, 'id'> } & Pick<PublishDeps, 'now'>): Promise<FeedsPast> {
  const tombstones = new Map<Slug, Tombstone[]>()
  for (const { slug, key, id, withdrawnAt } of await store.archives.withdrawn(now() - TOLD_OF_WITHDRAWN_MS)) {
    const told = tombstones.get(slug) ?? []
    if (told.length < MOST_TOMBSTONES) tombstones.set(slug, [...told, { ref: entryId({ id, key }, site), when: withdrawnAt }])
  }
  return { tombstones, pages: await store.archives.pages() }
}

/** A feed with its archives. */
export interface ArchivedFeed {
  readonly rule: FeedRule
  readonly archives: FeedHistory['archives']
  readonly allowShrink: boolean
}

/**
 * Publishes the archives of feeds whose input is another than they were last made from. Each feed's come newest first:
 * nothing leads to a new one until the one before it does, or the feed. Those of all feeds come in the order of their
 * times, so that a post that is in several is rendered once.
 */
export async function publishArchives(
  feeds: readonly ArchivedFeed[],
  deps: PublishDeps,
  run: Pick<PublishRun, 'isCurrent' | 'publishSoon' | 'leaveOut' | 'settled'>,
): Promise<void> {
  const due = feeds.flatMap(feed => archivesOf(feed, deps)).filter(({ path, inputDigest }) => !run.isCurrent([path], inputDigest))
  for (const { rule, posts, place, inputDigest, allowShrink } of due.toSorted((a, b) => b.time - a.time)) {
    const { document, leftOut } = await renderArchive(rule, posts, deps, place)
    run.leaveOut(leftOut)
    await run.publishSoon([document], leftOut.length === 0 ? inputDigest : '', allowShrink)
  }
  await run.settled()
}

interface DueArchive extends ArchivedFeed, ArchivePage<CataloguedPost> {
  readonly place: FeedPlace & { readonly kind: 'archive' }
  readonly path: string
  readonly inputDigest: string
  /** That of its newest post; no later than that of the archive before it in the list. */
  readonly time: Instant
}

/** The archives of a feed, newest first. */
function archivesOf(feed: ArchivedFeed, { site, generator, directory }: PublishDeps): readonly DueArchive[] {
  const { rule, archives } = feed
  const { limit: _limit, ...shown } = rule
  const heading = digestOf(JSON.stringify([site, generator, directory.all, shown, SANITIZER_VERSION]))
  let time = Number.POSITIVE_INFINITY
  return [...archives.entries()].toReversed().map(([index, { page, posts }]) => {
    const place = { kind: 'archive', page, older: archives[index - 1]?.page ?? null, newer: archives[index + 1]?.page ?? null } as const
    const input = [heading, page, place.older, place.newer, posts.map(({ key, stamp }) => [key, stamp])]
    // A post that turned up late, with an old date, is in a newer archive than others of its time.
    time = Math.min(time, posts.at(-1)?.published ?? time)
    return { ...feed, page, posts, place, time, path: archivePath(rule.slug, page), inputDigest: digestOf(JSON.stringify(input)) }
  })
}
