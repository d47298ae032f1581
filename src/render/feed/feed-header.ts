import type { Link } from '../../domain/feed.ts'
import type { OutputFeed } from '../../domain/output-feed.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, labelPagePath, type Site, siteAddress } from '../../domain/site.ts'
import type { Instant } from '../../domain/time.ts'
import { wordsLanguage } from './language-tag.ts'

/** What a document says besides its entries: an `OutputFeed` and who publishes it. */
export interface FeedHeader extends Pick<OutputFeed, 'rule' | 'id' | 'language' | 'updated'> {
  readonly site: Site
  /** The scheme of our labels, an absolute IRI (RFC 4287 §4.2.2.2). */
  readonly labelScheme: string
  /** The program's version and, where it has one, its home page. */
  readonly generator: { readonly version: string; readonly uri?: string }
}

/** The name the program goes by in the documents it makes. */
export const GENERATOR = 'Kakehashi'

const SYNTAX_TITLES: Readonly<Record<FeedSyntax, string>> = { atom: 'Atom', rss: 'RSS', json: 'JSON Feed' }

/** Gives a document's own link (RFC 4287 §4.2.7.2 `self`). */
export function selfLink({ site, rule }: FeedHeader, syntax: FeedSyntax): Link {
  return { rel: 'self', href: siteAddress(site, feedPath(rule.slug, syntax)), type: FEED_SYNTAXES[syntax] }
}

/** Gives the link to the page that shows the same entries to people. */
export function pageLink({ site, rule, language }: FeedHeader): Link {
  const words = wordsLanguage(language)
  const href = siteAddress(site, labelPagePath(rule.slug, words, site))
  return { rel: 'alternate', href, type: 'text/html', hreflang: words }
}

/** Gives the link to the same feed in another syntax. */
export function syntaxLink(header: FeedHeader, syntax: FeedSyntax): Link {
  return { ...selfLink(header, syntax), rel: 'alternate', title: `${header.rule.title} (${SYNTAX_TITLES[syntax]})` }
}

/** Gives the date a document was last changed: its newest entry's. A feed that has never had an entry is as old as time, never as new as now. */
export function headerDate(updated: Instant | null): Date {
  return new Date(updated ?? 0)
}
