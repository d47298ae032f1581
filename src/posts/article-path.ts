// Places that list articles or tell about the outlet, wherever they stand in a path (FIELD-NOTES §6, outlets.csv).
const LISTING =
  /^(?:category|categories|tags?|topics?|sections?|series|authors?|contributors?|writers?|experts?|people|staff|profiles?|labels?|search|archives?|page|feeds?|rss|about(?:-us)?|contact(?:-us)?|privacy(?:-policy)?|terms(?:-of-(?:use|service))?|subscribe|newsletters?|donate|login|register|shop|store|events?|wp-content|wp-json)$/i
const MEDIA_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|mov|webm|css|js|xml|rss|atom|json|zip)$/i
const PAGE_FILE = /\.(?:s?html?|aspx?|php|article|story|pdf)$/i
const PAGE_PARAMETER = /[?&](?:p|id|article_?id|post|story_?id)=\d+/i

/**
 * Tells whether an address on an outlet's host looks like one article rather than its home page, a section, a list of
 * an author's or topic's articles, an image or a feed: its last segment is a slug of several words, carries a number
 * that is no year, or names a page file.
 *
 * @param address the comparison form (`articleAddress`)
 */
export function isArticleAddress(address: string): boolean {
  const queryAt = address.indexOf('?')
  const [, ...segments] = (queryAt < 0 ? address : address.slice(0, queryAt)).split('/')
  const last = segments.at(-1) ?? ''
  if (segments.some(segment => LISTING.test(segment)) || MEDIA_FILE.test(last)) return false
  if (queryAt >= 0 && PAGE_PARAMETER.test(address.slice(queryAt))) return true
  if (PAGE_FILE.test(last)) return !/^(?:index|default|home)\./i.test(last)
  const hyphens = last.split('-').length - 1
  // A lone "/middle-east" is a section; beneath another segment two words are a slug.
  return hyphens > 1 || (hyphens === 1 && segments.length > 1) || hasArticleNumber(segments)
}

function hasArticleNumber(segments: readonly string[]): boolean {
  return segments.some(segment => /\d{4}/.test(segment) && !/^(?:19|20)\d\d$/.test(segment))
}
