import type { EntryKey, Slug } from './identifiers.ts'

/** The languages the pages come in. */
export type PageLanguage = 'ja' | 'en'

/** The publication as a whole, as its operator names it. */
export interface Site {
  readonly title: string
  readonly subtitle?: string
  /** Where it is served, ending in `/`. */
  readonly url: string
  /** A permanent IRI from which feed ids are made; it outlives moves to another host. */
  readonly id: string
  /** The language of `/`; the other one lives under its own prefix. */
  readonly language: PageLanguage
  readonly author: { readonly name: string; readonly uri?: string; readonly email?: string }
  readonly rights?: string
  /** Time zone dates are shown in, IANA name. */
  readonly timeZone: string
}

/** The syntaxes every feed is published in, with their media types (RFC 4287 §7, RSS 2.0, JSON Feed 1.1). */
export const FEED_SYNTAXES = {
  atom: 'application/atom+xml',
  rss: 'application/rss+xml',
  json: 'application/feed+json',
} as const

export type FeedSyntax = keyof typeof FEED_SYNTAXES

/** Path of a feed document below the site's address, not percent-encoded, without leading slash. */
export function feedPath(slug: Slug, syntax: FeedSyntax): string {
  return `feeds/${slug}.${syntax}`
}

/** Path of the n-th archive of a feed (RFC 5005 §4), the oldest being 1; Atom is the only syntax they come in. */
export function archivePath(slug: Slug, page: number): string {
  return `feeds/${slug}/archive-${page}.atom`
}

/** Tells the path of a feed's own document, which is what is subscribed to, from archives, pages and files that go with it. */
export function isFeedPath(path: string): boolean {
  return /^feeds\/[^/]+\.(?:atom|rss|json)$/.test(path)
}

/** Path of the site's own hub, without leading slash. */
export const HUB_PATH = 'hub'

/** Path of the operator's document of incidents, without leading slash. */
export const INCIDENTS_PATH = 'operator/incidents.atom'

/** Path of the list of all feeds in OPML 2.0, without leading slash. */
export const OPML_PATH = 'feeds.opml'

/** Path of a label's page below the site's address, not percent-encoded, without leading slash. */
export function labelPagePath(slug: Slug, language: PageLanguage, site: Pick<Site, 'language'>): string {
  return `${languagePrefix(language, site)}labels/${slug}`
}

/** Path of a page of a label's posts of one year, oldest first; `page` counts from 1. Not percent-encoded, without leading slash. */
export function yearPagePath(
  slug: Slug,
  { year, page }: { readonly year: number; readonly page: number },
  language: PageLanguage,
  site: Pick<Site, 'language'>,
): string {
  return `${labelPagePath(slug, language, site)}/${year}${page === 1 ? '' : `-${page}`}`
}

/** Path of the page of one post, without leading slash. */
export function entryPagePath(key: EntryKey, language: PageLanguage, site: Pick<Site, 'language'>): string {
  return `${languagePrefix(language, site)}entries/${key}`
}

/** Path of the page that tells how much of each outlet is translated, without leading slash. */
export function coveragePagePath(language: PageLanguage, site: Pick<Site, 'language'>): string {
  return `${languagePrefix(language, site)}coverage`
}

/** Path of the page that lists the feeds, without leading slash. */
export function indexPagePath(language: PageLanguage, site: Pick<Site, 'language'>): string {
  return languagePrefix(language, site)
}

/** The absolute address of a path below the site, percent-encoded. */
export function siteAddress(site: Pick<Site, 'url'>, path: string): string {
  return new URL(path.split('/').map(encodeURIComponent).join('/'), site.url).href
}

function languagePrefix(language: PageLanguage, site: Pick<Site, 'language'>): string {
  return language === site.language ? '' : `${language}/`
}
