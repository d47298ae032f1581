import { type FeedLink, feedLinksOf } from '../html/feed-links.ts'
import { decodeDocument } from './decode-document.ts'
import type { DocumentContext } from './parse-feed.ts'

// WordPress announces its comments on every page, as `/comments/feed/` and `…/slug/feed/`; nobody subscribes to them for news.
const COMMENTS = /\/comments\/(?:feed|default)\b|[?&]feed=comments|\bcomments? feed\b/i

/**
 * Finds the feeds that a page announces, in its order; feeds of comments only where there is nothing else. Empty for a
 * page that announces none and for what is no page.
 */
export function announcedFeeds(bytes: Uint8Array, { url, contentType }: DocumentContext): readonly FeedLink[] {
  const links = feedLinksOf(decodeDocument(bytes, contentType).text, url)
  const news = links.filter(({ href, title }) => !COMMENTS.test(href) && !COMMENTS.test(title ?? ''))
  return news.length > 0 ? news : links
}
