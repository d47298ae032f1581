import type { Slug } from './identifiers.ts'

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

/** Path of a label's page below the site's address, not percent-encoded, without leading slash. */
export function labelPagePath(slug: Slug, language: PageLanguage, site: Pick<Site, 'language'>): string {
  return `${languagePrefix(language, site)}labels/${slug}`
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
