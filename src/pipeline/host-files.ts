import type { Slug } from '../domain/identifiers.ts'
import { FEED_SYNTAXES, type FeedSyntax, feedPath, labelPagePath, type Site, siteAddress } from '../domain/site.ts'
import type { Instant } from '../domain/time.ts'
import type { Document } from '../publish/publish-documents.ts'
import { messagePage } from '../render/page/message-page.ts'
import { SECURITY_HEADERS } from '../web/response-headers.ts'
import { mediaTypeOf } from '../web/routes.ts'

/** What the files for hosts and robots are made from. */
export interface HostFilesInput {
  readonly site: Site
  readonly generatorVersion: string
  /** How long a copy may be used without asking, s. */
  readonly maxAgeS: number
  readonly movedSlugs: ReadonlyMap<Slug, Slug | null>
  /** Present where `site` names an e-mail address. */
  readonly securityExpiresAt: Instant | undefined
}

/**
 * The files that make the published folder a whole site on a host that knows nothing of us: what Netlify and Cloudflare
 * Pages read (`_headers`, `_redirects`), what GitHub Pages does (`.nojekyll`, `404.html`), and what robots and
 * researchers look for.
 */
export function hostFiles(input: HostFilesInput): readonly Document[] {
  const { site, generatorVersion, movedSlugs, securityExpiresAt } = input
  const notFound = messagePage({ site, language: site.language, kind: 'not-found', generatorVersion })
  const redirects = [...movedSlugs].flatMap(([from, to]) => (to === null ? [] : redirectsOf(from, to, site)))
  return [
    { path: '404.html', kind: 'page', text: notFound },
    plain('.nojekyll', []),
    plain('_headers', headerRules(input)),
    ...(redirects.length === 0 ? [] : [plain('_redirects', redirects)]),
    plain('robots.txt', robotRules(site)),
    ...(securityExpiresAt === undefined ? [] : [plain('.well-known/security.txt', securityContact(site, securityExpiresAt))]),
  ]
}

function plain(path: string, lines: readonly string[]): Document {
  return { path, kind: 'plain', text: lines.map(line => `${line}\n`).join('') }
}

// Both hosts take one `*` in a path, and at most a hundred rules.
function headerRules({ site, maxAgeS }: HostFilesInput): readonly string[] {
  const { pathname: base } = new URL(site.url)
  const shared = ['Access-Control-Allow-Origin: *', 'Access-Control-Expose-Headers: ETag, Link']
  const rule = (path: string, headers: readonly string[]) => [base + path, ...headers.map(header => `  ${header}`)]
  const contentType = (path: string) => `Content-Type: ${mediaTypeOf(path).type}`
  return [
    ...rule('*', [
      ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${titled(name)}: ${value}`),
      `Cache-Control: public, max-age=${maxAgeS}`,
    ]),
    ...rule('feeds/*', shared),
    ...rule('feeds.opml', [...shared, contentType('feeds.opml')]),
    ...Object.keys(FEED_SYNTAXES).flatMap(syntax => rule(`feeds/*.${syntax}`, [contentType(`.${syntax}`)])),
  ]
}

function titled(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, letter => letter.toUpperCase())
}

function redirectsOf(from: Slug, to: Slug, site: Site): readonly string[] {
  const paths = (slug: Slug) => [
    ...(Object.keys(FEED_SYNTAXES) as FeedSyntax[]).map(syntax => feedPath(slug, syntax)),
    ...(['ja', 'en'] as const).map(language => labelPagePath(slug, language, site)),
  ]
  const address = (path: string) => new URL(siteAddress(site, path)).pathname
  return paths(from).map((path, index) => `${address(path)} ${address(paths(to)[index] ?? '')} 301`)
}

function robotRules(site: Site): readonly string[] {
  const { pathname: base } = new URL(site.url)
  return ['User-agent: *', ...['hub', 'operator/', 'websub/'].map(path => `Disallow: ${base}${path}`)]
}

function securityContact(site: Site, expiresAt: Instant): readonly string[] {
  return [
    `Contact: mailto:${site.author.email ?? ''}`,
    `Expires: ${new Date(expiresAt).toISOString()}`,
    `Preferred-Languages: ${site.language === 'ja' ? 'ja, en' : 'en, ja'}`,
    `Canonical: ${siteAddress(site, '.well-known/security.txt')}`,
  ]
}
