import { HUB_PATH, INCIDENTS_PATH } from '../domain/site.ts'

/** What a request path asks for. */
export type Route =
  /** Below the output folder; the first that is there is meant. */
  | { readonly kind: 'file'; readonly paths: readonly [string, ...string[]] }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'health' }
  /** Where hubs speak to us. */
  | { readonly kind: 'callback'; readonly token: string }
  /** Where our own subscribers speak to us. */
  | { readonly kind: 'hub' }
  /** What the operator alone may read. */
  | { readonly kind: 'operator' }
  /** Browsers ask for it unasked. */
  | { readonly kind: 'icon' }
  | { readonly kind: 'unknown' }

const TYPES: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  opml: 'text/x-opml; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  svg: 'image/svg+xml',
}

// Tokens are 32 bytes in base64url; anything else need not be looked for.
const CALLBACK = /^\/websub\/([A-Za-z0-9_-]{20,100})$/

// `labels/<slug>`, `labels/<slug>/2025`, `labels/<slug>/2025-2`, `entries/<key>`, `coverage`.
const PAGE = /^\/(?:(?:en|ja)\/)?(?:labels\/[^/]+(?:\/\d{4}(?:-\d{1,4})?)?|entries\/[\w-]+|coverage)$/

/**
 * Maps a request target to a file below the output folder. Pages have no extension in their address; `/x/` is `/x` and
 * `…/index.html` is the folder. Nothing outside the folder, hidden or of another type is ever named.
 *
 * @param basePath path of the site's own address, not percent-encoded, ending in `/`, which a proxy may or may not have taken off
 */
export function routeOf(target: string, basePath: string): Route {
  const parsed = URL.parse(target, 'http://localhost')
  const decoded = parsed === null ? undefined : decode(parsed.pathname)
  if (parsed === null || decoded === undefined) return { kind: 'unknown' }
  if (basePath !== '/' && decoded === basePath.slice(0, -1)) return inside(parsed.pathname)
  const path = decoded.startsWith(basePath) ? `/${decoded.slice(basePath.length)}` : decoded
  if (path === '/healthz') return { kind: 'health' }
  const token = CALLBACK.exec(path)?.[1]
  if (token !== undefined) return { kind: 'callback', token }
  if (path === `/${HUB_PATH}`) return { kind: 'hub' }
  if (path === `/${INCIDENTS_PATH}`) return { kind: 'operator' }
  if (path === '/favicon.ico') return { kind: 'icon' }
  if (path === '/.well-known/security.txt') return file(path.slice(1))
  // What static hosts show in place of a page that is not there is no page itself.
  if (path === '/404.html') return { kind: 'unknown' }
  const segments = path.slice(1).split('/')
  if (segments.slice(0, -1).some(segment => segment === '') || segments.some(isForbidden)) return { kind: 'unknown' }
  if (path === '/' || path === '/en/' || path === '/ja/') return file(`${path.slice(1)}index.html`)
  if (path === '/en' || path === '/ja') return inside(parsed.pathname)
  if (path.endsWith('/')) return { kind: 'redirect', location: `../${lastSegment(parsed.pathname.slice(0, -1))}` }
  const extension = /\.([a-z]+)$/.exec(path)?.[1]
  const isPage = PAGE.test(path)
  // A label may itself end in `.html`: its page is asked for as `/labels/x.html` and kept as `x.html.html`.
  if (isPage) return file(`${path.slice(1)}.html`, ...(extension === 'html' ? [path.slice(1)] : []))
  return extension !== undefined && Object.hasOwn(TYPES, extension) ? file(path.slice(1)) : { kind: 'unknown' }
}

/** The media type of a published file, by its name; what feed readers fetch, those in web pages too, is for readers. */
export function mediaTypeOf(path: string): { readonly type: string; readonly isForReaders: boolean } {
  const extension = /\.([a-z]+)$/.exec(path)?.[1] ?? ''
  return { type: TYPES[extension] ?? 'application/octet-stream', isForReaders: ['atom', 'rss', 'json', 'opml'].includes(extension) }
}

/** The path of a site's address as `routeOf` takes it off: decoded, ending in `/`. */
export function basePathOf(siteUrl: string): string {
  const { pathname } = new URL(siteUrl)
  return decode(pathname) ?? pathname
}

// Locations are relative (RFC 9110 §10.2.2): a proxy may have taken the base path off.
function inside(pathname: string): Route {
  return { kind: 'redirect', location: `./${lastSegment(pathname)}/` }
}

function lastSegment(pathname: string): string {
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}

function file(...paths: readonly [string, ...string[]]): Route {
  return { kind: 'file', paths }
}

function isForbidden(segment: string): boolean {
  return segment.startsWith('.') || /[\0\\:]/.test(segment) || segment.length > 300
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname).normalize('NFC')
  } catch {
    return undefined
  }
}
