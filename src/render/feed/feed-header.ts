import type { Link } from '../../domain/feed.ts'
import type { OutputFeed } from '../../domain/output-feed.ts'
import { archivePath, FEED_SYNTAXES, type FeedSyntax, feedPath, labelPagePath, type Site, siteAddress } from '../../domain/site.ts'
import type { Instant } from '../../domain/time.ts'
import { wordsLanguage } from './language-tag.ts'

/** What a document says besides its entries: an `OutputFeed` and who publishes it. */
export interface FeedHeader extends Pick<OutputFeed, 'rule' | 'id' | 'language' | 'updated'> {
  readonly site: Site
  /** The scheme of our labels, an absolute IRI (RFC 4287 §4.2.2.2). */
  readonly labelScheme: string
  /** The program's version and, where it has one, its home page. */
  readonly generator: { readonly version: string; readonly uri?: string }
  /** Who pushes the feed to its subscribers (WebSub §4), absolute addresses. */
  readonly hubs: readonly string[]
  readonly place: FeedPlace
  /** Entries the feed once carried and that are no more (RFC 6721). */
  readonly tombstones: readonly Tombstone[]
}

/**
 * Where a document stands in the history of its feed (RFC 5005): all there is (§2), the one that is subscribed to, with
 * the number of the newest archive if there is one, or an archive between its neighbours (§4).
 */
export type FeedPlace =
  | { readonly kind: 'complete' }
  | { readonly kind: 'current'; readonly newestArchive: number | null }
  | { readonly kind: 'archive'; readonly page: number; readonly older: number | null; readonly newer: number | null }

/** An entry that is no more. */
export interface Tombstone {
  /** Its atom:id. */
  readonly ref: string
  readonly when: Instant
}

/** The name the program goes by in the documents it makes. */
export const GENERATOR = 'Kakehashi'

const SYNTAX_TITLES: Readonly<Record<FeedSyntax, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON Feed' }

/** Gives a document's own link (RFC 4287 §4.2.7.2 `self`). */
export function selfLink({ site, rule, place }: FeedHeader, syntax: FeedSyntax): Link {
  if (place.kind === 'archive' && syntax === 'atom') return { ...archiveLink({ site, rule }, place.page), rel: 'self' }
  return { rel: 'self', href: siteAddress(site, feedPath(rule.slug, syntax)), type: FEED_SYNTAXES[syntax] }
}

/** Gives the link to the page that shows the same entries to people. */
export function pageLink({ site, rule, language }: FeedHeader): Link {
  const words = wordsLanguage(language)
  const href = siteAddress(site, labelPagePath(rule.slug, words, site))
  return { rel: 'alternate', href, type: 'text/html', hreflang: words }
}

/** Gives the links to the same feed in the other syntaxes; archives come in one. */
export function syntaxLinks(header: FeedHeader, syntaxes: readonly FeedSyntax[]): readonly Link[] {
  if (header.place.kind === 'archive') return []
  return syntaxes.map(syntax => {
    return { ...selfLink(header, syntax), rel: 'alternate', title: `${header.rule.title} (${SYNTAX_TITLES[syntax]})` }
  })
}

/** Gives the links to the hubs (WebSub §4); what is archived is not pushed. */
export function hubLinks({ hubs, place }: FeedHeader): readonly Link[] {
  return place.kind === 'archive' ? [] : hubs.map(href => ({ rel: 'hub', href }))
}

/** Gives the links that lead through the history of a feed (RFC 5005 §4). A complete feed has none (§2). */
export function historyLinks(header: FeedHeader): readonly Link[] {
  const { place } = header
  if (place.kind === 'complete') return []
  const to = (rel: string, page: number | null) => (page === null ? [] : [{ ...archiveLink(header, page), rel }])
  if (place.kind === 'current') return to('prev-archive', place.newestArchive)
  const current = { rel: 'current', href: siteAddress(header.site, feedPath(header.rule.slug, 'atom')), type: FEED_SYNTAXES.atom }
  return [current, ...to('prev-archive', place.older), ...to('next-archive', place.newer)]
}

function archiveLink({ site, rule }: Pick<FeedHeader, 'site' | 'rule'>, page: number): Omit<Link, 'rel'> {
  return { href: siteAddress(site, archivePath(rule.slug, page)), type: FEED_SYNTAXES.atom }
}

// The month of RFC 4287: nothing was published as Atom before, and dates before 1990 are taken for mistakes.
const BEFORE_ALL_ENTRIES = Date.parse('2005-12-01T00:00:00Z')

/** Gives the date a document was last changed: its newest entry's. A feed that has never had an entry is as old as Atom, never as new as now. */
export function headerDate(updated: Instant | null): Date {
  return new Date(updated ?? BEFORE_ALL_ENTRIES)
}
