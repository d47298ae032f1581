import type { Link } from '../domain/feed.ts'
import type { Announcement } from '../domain/subscription.ts'
import { linksIn } from './link-header.ts'

/** A fetched document, as far as it can name hubs. */
export interface AnnouncingDocument {
  /** Where it came from. */
  readonly url: string
  /** Whether `url` may be told to a hub: the operator's address may hold a password or a key. */
  readonly isPublic: boolean
  /** Several fields joined by commas. */
  readonly linkHeader?: string
  /** Links of the feed itself, resolved. */
  readonly links: readonly Link[]
}

// Feeds name one hub, some a second to fall back on.
const MOST_HUBS = 5
const LONGEST_ADDRESS = 2_000

/**
 * Finds a document's hubs and topic: in the `Link` header, and where that names none in the document (WebSub §4). Without
 * `self` the topic is where the document came from. Undefined where no hub is named, or no topic may be.
 */
export function announcementOf({ url, isPublic, linkHeader, links }: AnnouncingDocument): Announcement | undefined {
  const stated = linkHeader === undefined ? [] : linksIn(linkHeader)
  const addresses = (rel: string) => {
    const inHeader = stated.filter(({ rels }) => rels.includes(rel)).flatMap(({ href }) => webAddress(href, url))
    return inHeader.length > 0 ? inHeader : links.filter(link => link.rel === rel).flatMap(({ href }) => webAddress(href, url))
  }
  const hubs = [...new Set(addresses('hub'))].slice(0, MOST_HUBS)
  const topic = addresses('self')[0] ?? (isPublic ? url : undefined)
  return hubs.length === 0 || topic === undefined ? undefined : { hubs, topic }
}

/** Userinfo is not ours to send on, and a fragment names nothing a hub could know. */
function webAddress(href: string, base: string): readonly string[] {
  const url = href.length > LONGEST_ADDRESS ? null : URL.parse(href, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return []
  url.username = ''
  url.password = ''
  url.hash = ''
  return [url.href]
}
