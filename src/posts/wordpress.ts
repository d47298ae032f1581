import { bareHost } from '../domain/article-address.ts'
import type { Feed } from '../domain/feed.ts'
import type { FailureReason } from '../domain/poll.ts'
import type { BlogPaging, PagedBlog } from './blog-paging.ts'

// "https://wordpress.org/?v=6.8.3", "http://wordpress.com/"; in Atom feeds the name, with the address as an attribute.
const GENERATOR = /^(?:https?:\/\/(?:[\w-]+\.)?wordpress\.(?:org|com)\b|wordpress\b)/i

/** The relation by which every page and feed names its REST API in a `Link` header, unless a plugin takes it away. */
export const API_RELATION = 'https://api.w.org/'

/**
 * Tells whether a feed comes from WordPress, and so understands `paged`.
 *
 * @param apiLink where its `Link` header points with `API_RELATION`
 */
export function isWordpressFeed({ metadata }: Feed, apiLink: string | undefined): boolean {
  return apiLink !== undefined || GENERATOR.test(metadata.generator?.trim() ?? '')
}

/** The root of a blog's REST API, where it names one on its own host; it is never guessed. */
export function wordpressApi(apiLink: string, feedUrl: string): string | undefined {
  const [api, blog] = [URL.parse(apiLink, feedUrl), URL.parse(feedUrl)]
  if (api === null || blog === null || !/^https?:$/.test(api.protocol)) return undefined
  return bareHost(api.hostname) === bareHost(blog.hostname) ? api.href : undefined
}

// Whatever will be no different next time. Trying it again and again would slow down the news, which come all the same.
const ENDS: ReadonlySet<FailureReason> = new Set<FailureReason>([
  ...(['not-found', 'gone', 'not-a-feed', 'blocked', 'client-error', 'unreadable', 'too-large', 'too-many-redirects'] as const),
])
// 20,000 posts at ten a page: behind that lies a server that makes pages up.
const LAST_PAGE = 2_000

/**
 * WordPress's paging: `paged` is the number of a page, the feed itself is the first, and behind the last one there is a
 * 404. How many posts a page holds is the blog's own choice.
 */
export const WORDPRESS_PAGING: BlogPaging = {
  start: 2,
  sizes: [10],
  listsEdits: false,
  pageUrl: (feedUrl, place) => {
    const url = new URL(feedUrl)
    url.searchParams.set('paged', String(place))
    return url.href
  },
  next: (feed, place) => (feed.entries.length + feed.skipped.length === 0 || place >= LAST_PAGE ? undefined : place + 1),
  endsAt: reason => ENDS.has(reason),
  describe: place => `page ${place}`,
}

/** What there may be of a blog behind its feed; undefined where the feed itself is empty. */
export function pagedWordpressBlog(feed: Feed): PagedBlog | undefined {
  if (feed.entries.length === 0) return undefined
  const paging = WORDPRESS_PAGING
  return { whole: paging, news: paging, newsFrom: paging.start, shown: feed.entries.map(({ id }) => id) }
}
