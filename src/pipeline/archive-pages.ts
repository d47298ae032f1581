import type { EntryKey, Slug } from '../domain/identifiers.ts'
import type { FeedRule, OutputFeed } from '../domain/output-feed.ts'
import { archivePath, type Site } from '../domain/site.ts'
import { DAY } from '../domain/time.ts'
import { SANITIZER_VERSION } from '../html/sanitize.ts'
import { labelScheme } from '../label/output-feed.ts'
import { entryId } from '../render/feed/entry-id.ts'
import type { FeedPlace, Tombstone } from '../render/feed/feed-header.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { type ArchivePage, archivePlan } from './archive-pages-plan.ts'
import { digestOf } from './digest.ts'
import { gatherPosts } from './gather-feed.ts'
import type { PublishDeps } from './publish-deps.ts'
import type { PublishRun } from './publish-run.ts'
import { renderArchive } from './render-feed.ts'

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
 * @param tombstones what to tell of posts that are gone, by slug
 */
export async function feedHistory(
  feed: OutputFeed,
  members: readonly CataloguedPost[],
  { store, archiveSize }: Pick<PublishDeps, 'store' | 'archiveSize'>,
  tombstones: ReadonlyMap<Slug, readonly Tombstone[]>,
): Promise<FeedHistory> {
  const { slug, include, limit } = feed.rule
  if (include !== 'translated') return { place: { kind: 'current', newestArchive: null }, tombstones: [], archives: [] }
  const inDocument = new Set(feed.entries.map(({ key }) => key))
  const given = await store.archives.pages(slug)
  const { assigned, pages, isComplete } = archivePlan(members, inDocument, given, Math.min(archiveSize, limit))
  const carried = feed.entries.flatMap(({ key }) => (given.has(key) || assigned.has(key) ? [] : [[key, 0] as const]))
  await store.archives.keep(slug, new Map<EntryKey, number>([...carried, ...assigned]))
  const present = new Set(feed.entries.map(({ id }) => id))
  return {
    place: isComplete ? { kind: 'complete' } : { kind: 'current', newestArchive: pages.at(-1)?.page ?? null },
    tombstones: (tombstones.get(slug) ?? []).filter(({ ref }) => !present.has(ref)),
    archives: pages,
  }
}

/** What readers are told of posts that feeds have carried and that were withdrawn lately, by the feeds' slugs. */
export async function recentTombstones({
  store,
  site,
  now,
}: { readonly store: Pick<Store, 'archives'>; readonly site: Pick<Site, 'id'> } & Pick<PublishDeps, 'now'>): Promise<
  ReadonlyMap<Slug, readonly Tombstone[]>
> {
  const bySlug = new Map<Slug, Tombstone[]>()
  for (const { slug, key, id, withdrawnAt } of await store.archives.withdrawn(now() - TOLD_OF_WITHDRAWN_MS)) {
    const told = bySlug.get(slug) ?? []
    if (told.length < MOST_TOMBSTONES) bySlug.set(slug, [...told, { ref: entryId({ id, key }, site), when: withdrawnAt }])
  }
  return bySlug
}

/**
 * Publishes the archives of a feed whose input is another than they were last made from, newest first: nothing leads to a
 * new one until the one before it does, or the feed.
 */
export async function publishArchives(
  rule: FeedRule,
  { archives }: FeedHistory,
  deps: PublishDeps,
  run: Pick<PublishRun, 'isCurrent' | 'publish' | 'leaveOut' | 'keep'>,
  allowShrink: boolean,
): Promise<void> {
  const { site, generator, directory } = deps
  const { limit: _limit, ...shown } = rule
  const heading = digestOf(JSON.stringify([site, generator, directory.all, shown, SANITIZER_VERSION]))
  for (const [index, { page, posts }] of [...archives.entries()].toReversed()) {
    const older = archives[index - 1]?.page ?? null
    const newer = archives[index + 1]?.page ?? null
    const path = archivePath(rule.slug, page)
    const inputDigest = digestOf(JSON.stringify([heading, page, older, newer, posts.map(({ key, stamp }) => [key, stamp])]))
    if (run.isCurrent([path], inputDigest)) continue
    const about = { directory, labelScheme: labelScheme(site) }
    const gathered = await gatherPosts({ ...rule, limit: posts.length }, posts, site, deps.store, about)
    const { document, leftOut } = await renderArchive(gathered, deps, { kind: 'archive', page, older, newer })
    run.leaveOut(leftOut)
    const isPublished = await run.publish([document], leftOut.length === 0 ? inputDigest : '', allowShrink)
    if (!isPublished) run.keep([path])
  }
}
