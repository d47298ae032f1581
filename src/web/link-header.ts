import type { Slug } from '../domain/identifiers.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, labelPagePath, type PageLanguage, type Site, siteAddress } from '../domain/site.ts'

/** What links are made from. */
export interface LinkedSite extends Pick<Site, 'url' | 'language'> {
  /** Addresses of the hubs that tell of changes (WebSub §4). */
  readonly hubs: readonly string[]
}

const FEED = /^feeds\/([^/]+)\.(atom|rss|json)$/
const PAGE = /^(?:(?:en|ja)\/)?labels\/([^/]+)\.html$/
const LANGUAGES: readonly PageLanguage[] = ['ja', 'en']

/**
 * The `Link` header (RFC 8288) of a published file: for a feed itself, its hubs (WebSub §4), its other syntaxes and its
 * page; for a label's page its feeds and its other language. Undefined for files that are neither.
 *
 * @param path below the output folder, not percent-encoded
 */
export function linkHeader(path: string, site: LinkedSite): string | undefined {
  const [, feedSlug, syntax] = FEED.exec(path) ?? []
  if (feedSlug !== undefined) return feedLinks(feedSlug as Slug, syntax as FeedSyntax, site).join(', ')
  const pageSlug = PAGE.exec(path)?.[1]
  return pageSlug === undefined ? undefined : pageLinks(pageSlug as Slug, path, site).join(', ')
}

function feedLinks(slug: Slug, syntax: FeedSyntax, site: LinkedSite): readonly string[] {
  const others = (Object.keys(FEED_SYNTAXES) as FeedSyntax[]).filter(other => other !== syntax)
  return [
    `<${siteAddress(site, feedPath(slug, syntax))}>; rel="self"; type="${FEED_SYNTAXES[syntax]}"`,
    ...site.hubs.map(hub => `<${hub}>; rel="hub"`),
    ...others.map(other => feedLink(slug, other, site)),
    `<${siteAddress(site, labelPagePath(slug, site.language, site))}>; rel="alternate"; type="text/html"`,
  ]
}

function pageLinks(slug: Slug, path: string, site: LinkedSite): readonly string[] {
  const pages = LANGUAGES.map(language => [language, labelPagePath(slug, language, site)] as const)
  return [
    ...(Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedLink(slug, syntax, site)),
    ...pages
      .filter(([, page]) => `${page}.html` !== path)
      .map(([language, page]) => `<${siteAddress(site, page)}>; rel="alternate"; type="text/html"; hreflang="${language}"`),
  ]
}

function feedLink(slug: Slug, syntax: FeedSyntax, site: LinkedSite): string {
  return `<${siteAddress(site, feedPath(slug, syntax))}>; rel="alternate"; type="${FEED_SYNTAXES[syntax]}"`
}
