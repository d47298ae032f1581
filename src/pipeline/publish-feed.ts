import type { FeedRule, OutputEntry, OutputFeed } from '../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath } from '../domain/site.ts'
import { labelScheme } from '../label/output-feed.ts'
import type { CataloguedPost } from '../store/page-store.ts'
import type { FeedHistory } from './archive-pages.ts'
import { digestOf } from './digest.ts'
import { type GatheredFeed, gatherNewest } from './gather-feed.ts'
import { newestPosts } from './newest-posts.ts'
import { type PageDeps, publishFeedPages } from './publish-pages.ts'
import { slugOfFile } from './published-path.ts'
import { renderFeed } from './render-feed.ts'

/** A feed to publish, and what is known of it without reading its entries. */
export interface PlannedFeed {
  readonly rule: FeedRule
  /** All posts that it selects, oldest first. */
  readonly posts: readonly CataloguedPost[]
  readonly history: FeedHistory
  readonly allowShrink: boolean
}

/** What has come of a feed. */
export interface PublishedFeed extends PlannedFeed {
  /** Absent where nothing of it had to be read. */
  readonly read?: ReadFeed
}

/** What is remembered of a feed that was read: its texts are let go again. */
export interface ReadFeed {
  /** Of the contents of its entries. */
  readonly contentDigests: readonly string[]
  /** How many of its entries are articles. */
  readonly articles: number
  readonly newest?: Pick<OutputEntry, 'published' | 'title'>
}

/**
 * Publishes the documents and the pages of a feed whose input is another than they were last made from.
 *
 * @param around digest of what all feeds are made from besides their entries
 */
export async function publishFeed(planned: PlannedFeed, around: string, pages: PageDeps): Promise<PublishedFeed> {
  const { rule, posts, history, allowShrink } = planned
  const { deps, run } = pages
  const reading = readOnce(planned, pages)
  const inputDigest = await inputOf(planned, reading, around)
  const left = new Set<string>()
  if (!run.isCurrent(pathsOf(rule), inputDigest)) {
    const { documents, leftOut } = await renderFeed(await reading.gathered(), deps, history)
    run.leaveOut(leftOut)
    for (const { id } of leftOut) left.add(id)
    // An input with an entry left out is looked at again: what was in its way may be gone.
    const isDone = await run.publish(documents, leftOut.length === 0 ? inputDigest : '', allowShrink)
    if (!isDone) {
      run.keep(pages.published.filter(path => slugOfFile(path) === rule.slug))
      return { ...planned, ...reading.soFar() }
    }
  }
  const feed = async (): Promise<OutputFeed> => {
    const { feed: all } = await reading.gathered()
    return { ...all, entries: all.entries.filter(({ id }) => !left.has(id)) }
  }
  await publishFeedPages({ rule, feed, digest: digestOf(JSON.stringify([inputDigest, ...left])) }, posts, pages)
  return { ...planned, ...reading.soFar() }
}

interface Reading {
  readonly gathered: () => Promise<GatheredFeed>
  readonly soFar: () => { readonly read?: ReadFeed }
}

function readOnce({ rule, posts }: PlannedFeed, { deps }: PageDeps): Reading {
  let gathered: GatheredFeed | undefined
  const { site, store, directory } = deps
  const about = { directory, labelScheme: labelScheme(site) }
  return {
    gathered: async () => {
      gathered ??= await gatherNewest(rule, newestPosts(posts, rule.limit), site, store, about)
      return gathered
    },
    soFar: () => (gathered === undefined ? {} : { read: remembered(gathered) }),
  }
}

function remembered({ feed: { entries }, contents }: GatheredFeed): ReadFeed {
  const [newest] = entries
  return {
    contentDigests: [...contents.values()].map(({ digest }) => digest),
    articles: entries.filter(({ kind }) => kind === 'article').length,
    ...(newest === undefined ? {} : { newest: { published: newest.published, title: newest.title } }),
  }
}

/** Posts are told by their stamps, so that nothing is read of a feed that has not changed; articles have none. */
async function inputOf({ rule, posts, history }: PlannedFeed, reading: Reading, around: string): Promise<string> {
  const shown = newestPosts(posts, rule.limit).map(({ key, stamp }) => [key, stamp])
  const articles = rule.include === 'translated' ? [] : articlesIn(await reading.gathered())
  return digestOf(JSON.stringify([around, rule, shown, articles, history.place, history.tombstones]))
}

function articlesIn({ feed, contents }: GatheredFeed): readonly (readonly [entry: OutputEntry, content: string | undefined])[] {
  return feed.entries.flatMap(entry => (entry.kind === 'article' ? [[entry, contents.get(entry.key)?.digest] as const] : []))
}

function pathsOf({ slug }: FeedRule): readonly string[] {
  return (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(slug, syntax))
}
