import type { Feed } from '../domain/feed.ts'
import type { BlogPaging, PagedBlog } from './blog-paging.ts'

// "tag:blogger.com,1999:blog-123" on a custom domain as well as on blogspot.com (FIELD-NOTES §1).
const BLOG_ID = /^tag:blogger\.com,1999:blog-/

/** Tells whether a feed comes from Blogger, and so understands `start-index` and `max-results`. */
export function isBloggerFeed(feed: Feed): boolean {
  const { id, generator } = feed.metadata
  return (id !== undefined && BLOG_ID.test(id.trim())) || /^blogger\b/i.test(generator?.trim() ?? '')
}

// "/feeds/posts/default/-/label" on the blog's host, "/feeds/123/posts/full" on Blogger's own (FIELD-NOTES §1).
const FEED_PATH = /^\/feeds\/(?:\d+\/)?posts\/(?:default|full|summary)(?:\/-\/[^?]*)?\/?$/
/** Posts asked for at a poll for news. */
export const NEWS_PER_POLL = 50

/** Tells whether an address is that of a Blogger feed, on whatever host. */
export function isBloggerAddress(feedUrl: string): boolean {
  return FEED_PATH.test(URL.parse(feedUrl)?.pathname ?? '')
}

/** The order in which Blogger lists posts; edits of old posts show in the second alone. */
export type BloggerOrder = 'published' | 'updated'

/**
 * Gives the address at which news of a blog is asked for: what was written or edited last comes first. Any other address
 * comes back as it is.
 */
export function bloggerNewsUrl(feedUrl: string): string {
  const url = URL.parse(feedUrl)
  if (url === null || !isBloggerAddress(feedUrl)) return feedUrl
  for (const [name, value] of [
    ['max-results', String(NEWS_PER_POLL)],
    ['orderby', 'updated'],
    ['redirect', 'false'],
  ] as const) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  }
  return url.href
}

/** Blogger's paging of a whole blog, and of what was written or edited last. A place is the 1-based index of an entry. */
export function bloggerPaging(order: BloggerOrder): BlogPaging {
  return {
    start: 1,
    // Blogger has capped pages at 500, 150 and 100 over the years; posts with their images inside them can make even few
    // too large, or too slow.
    sizes: [150, 50, 10, 1],
    listsEdits: order === 'updated',
    pageUrl: (feedUrl, place, size) => bloggerPageUrl(feedUrl, place, size, order),
    next: nextStartIndex,
    endsAt: () => false,
    describe: place => `entry ${place}`,
  }
}

/** What there is of a blog behind the page of news that `feed` is; undefined where it is no Blogger feed, or the whole blog. */
export function pagedBloggerBlog(feed: Feed): PagedBlog | undefined {
  if (!isBloggerFeed(feed) || nextStartIndex(feed, feed.paging?.startIndex ?? 1) === undefined) return undefined
  return { whole: bloggerPaging('published'), news: bloggerPaging('updated'), newsFrom: feed.entries.length + 1, shown: [] }
}

/**
 * Gives the address of one page of a Blogger feed. Host, label path and other parameters stay as the operator wrote them;
 * `redirect=false` keeps Blogger from answering with the owner's FeedBurner address.
 *
 * @param startIndex 1-based
 * @param maxResults what is asked for; Blogger gives fewer where it pleases
 */
export function bloggerPageUrl(feedUrl: string, startIndex: number, maxResults: number, order: BloggerOrder = 'published'): string {
  const url = new URL(feedUrl)
  url.searchParams.set('start-index', String(startIndex))
  url.searchParams.set('max-results', String(maxResults))
  // Unasked, some blogs come in order of modification, and a page boundary then moves with every edit.
  url.searchParams.set('orderby', order)
  url.searchParams.set('redirect', 'false')
  return url.href
}

/**
 * Gives the 1-based index at which the next page begins, or undefined where `feed` was the last one.
 *
 * Advances by the entries received, as Blogger's cap on a page has changed at least four times; `rel=next` is not
 * consulted, as it can double the label path and names another host (FIELD-NOTES §1).
 *
 * @param startIndex the index `feed` was asked for with
 */
export function nextStartIndex(feed: Feed, startIndex: number): number | undefined {
  const received = feed.entries.length + feed.skipped.length
  const { totalResults, startIndex: given } = feed.paging ?? {}
  // A server that answers every index with the first page would be asked for ever.
  const isStuck = given !== undefined && given < startIndex
  if (received === 0 || isStuck) return undefined
  const next = startIndex + received
  return totalResults !== undefined && next > totalResults ? undefined : next
}
