import { addressWithProtocol } from './address.ts'
import { readMarkup } from './read-markup.ts'

/** A feed that a page announces in the way HTML §4.6.7.1 describes. */
export interface FeedLink {
  /** Absolute, http or https, without fragment. */
  readonly href: string
  /** Media type without parameters, in lower case. */
  readonly type: string
  /** What the page calls the feed, on one line. */
  readonly title?: string
}

const FEED_TYPE = /^application\/(?:(?:atom|rss)\+xml|feed\+json)$/
// Pages announce a handful; one that announces more is up to something.
const MAX_LINKS = 100

/** Finds the feeds that a page announces in `<link rel=alternate>`, in its order, each address once. */
export function feedLinksOf(html: string, base: string): readonly FeedLink[] {
  const links = new Map<string, FeedLink>()
  let resolveAgainst: string | undefined
  readMarkup(html, {
    open: (name, attributes) => {
      // HTML §4.2.3: the first `base` with an href counts, itself resolved against the page's own address.
      if (name === 'base') resolveAgainst ??= addressWithProtocol(attributes.get('href') ?? '', WEB, base)
      const link = name === 'link' && links.size < MAX_LINKS ? feedLink(attributes, resolveAgainst ?? base) : undefined
      if (link !== undefined && !links.has(link.href)) links.set(link.href, link)
    },
    close: () => {},
    text: () => {},
  })
  return [...links.values()]
}

const WEB = ['http:', 'https:']

function feedLink(attributes: ReadonlyMap<string, string>, base: string): FeedLink | undefined {
  const relations = (attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  const [type = ''] = (attributes.get('type') ?? '').toLowerCase().split(';', 1)
  if (!relations.includes('alternate') || !FEED_TYPE.test(type.trim())) return undefined
  const address = addressWithProtocol(attributes.get('href') ?? '', WEB, base)
  if (address === undefined) return undefined
  const title = (attributes.get('title') ?? '').replace(/\s+/g, ' ').trim()
  return { href: address.replace(/#.*$/s, ''), type: type.trim(), ...(title === '' ? {} : { title }) }
}
