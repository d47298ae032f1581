/** What a request path asks for. */
export type Route =
  | { readonly kind: 'file'; readonly path: string; readonly type: string; readonly isFeed: boolean }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'health' }
  | { readonly kind: 'unknown' }

const TYPES: Readonly<Record<string, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

/**
 * Maps a request target to a file below the output folder. Pages have no extension in their address; `/x/` is `/x` and
 * `…/index.html` is the folder. Nothing outside the folder, hidden or of another type is ever named.
 *
 * @param basePath path of the site's own address, which a proxy may or may not have taken off
 */
export function routeOf(target: string, basePath: string): Route {
  const parsed = URL.parse(target, 'http://localhost')
  const decoded = parsed === null ? undefined : decode(parsed.pathname)
  if (parsed === null || decoded === undefined) return { kind: 'unknown' }
  if (basePath !== '/' && decoded === basePath.slice(0, -1)) return inside(parsed.pathname)
  const path = decoded.startsWith(basePath) ? `/${decoded.slice(basePath.length)}` : decoded
  if (path === '/healthz') return { kind: 'health' }
  const segments = path.slice(1).split('/')
  if (segments.slice(0, -1).some(segment => segment === '') || segments.some(isForbidden)) return { kind: 'unknown' }
  if (path === '/' || path === '/en/' || path === '/ja/') return file(`${path.slice(1)}index.html`)
  if (path === '/en' || path === '/ja') return inside(parsed.pathname)
  if (path.endsWith('/')) return { kind: 'redirect', location: `../${lastSegment(parsed.pathname.slice(0, -1))}` }
  const extension = /\.([a-z]+)$/.exec(path)?.[1]
  const isPage = /^\/(?:(?:en|ja)\/)?labels\/[^/]+$/.test(path)
  if (isPage) return extension === 'html' ? file(path.slice(1)) : file(`${path.slice(1)}.html`)
  return extension !== undefined && Object.hasOwn(TYPES, extension) ? file(path.slice(1)) : { kind: 'unknown' }
}

// Locations are relative (RFC 9110 §10.2.2): a proxy may have taken the base path off.
function inside(pathname: string): Route {
  return { kind: 'redirect', location: `./${lastSegment(pathname)}/` }
}

function lastSegment(pathname: string): string {
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}

function file(path: string): Route {
  const extension = /\.([a-z]+)$/.exec(path)?.[1] ?? ''
  return { kind: 'file', path, type: TYPES[extension] ?? 'application/octet-stream', isFeed: ['atom', 'rss', 'json'].includes(extension) }
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
