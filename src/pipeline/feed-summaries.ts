import type { EntryKey } from '../domain/identifiers.ts'
import type { FeedRule } from '../domain/output-feed.ts'
import type { FeedSummary } from '../render/page/index-page.ts'
import { entriesOfPosts } from './entries-of-posts.ts'
import { newestPosts } from './newest-posts.ts'
import type { PublishDeps } from './publish-deps.ts'
import type { PublishedFeed } from './publish-feed.ts'

/** What the front page says of each feed, in the order of the rules. Of feeds whose entries were not read, the newest post is. */
export async function summariesOf(
  rules: readonly FeedRule[],
  published: readonly PublishedFeed[],
  deps: PublishDeps,
): Promise<readonly FeedSummary[]> {
  const unread = published.filter(({ read }) => read === undefined).flatMap(({ posts }) => newestPosts(posts, 1))
  const entries = await entriesOfPosts([...new Map(unread.map(post => [post.key, post])).values()], deps, 0)
  const headlines = new Map(entries.map(({ entry }) => [entry.key, entry.title]))
  const bySlug = new Map(published.map(feed => [feed.rule.slug, summaryOf(feed, headlines)]))
  return rules.flatMap(({ slug }) => bySlug.get(slug) ?? [])
}

function summaryOf({ rule, posts, read }: PublishedFeed, headlines: ReadonlyMap<EntryKey, string>): FeedSummary {
  const [post] = newestPosts(posts, 1)
  const headline = post === undefined ? undefined : headlines.get(post.key)
  const newest = read?.newest ?? (post && headline !== undefined ? { published: post.published, title: headline } : undefined)
  return {
    rule,
    count: posts.length + (read?.articles ?? 0),
    newest: newest?.published ?? null,
    translated: posts.length,
    withOriginal: posts.filter(({ match }) => match === 'accepted').length,
    ...(newest === undefined ? {} : { newestHeadline: newest.title }),
  }
}
