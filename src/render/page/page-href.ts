import { type Site, siteAddress } from '../../domain/site.ts'

/**
 * Gives the reference from any page to a path below the site: root-relative and percent-encoded, the site's own base
 * path included, so that it holds at `/` and under a sub-path, on the configured host and on a preview of it.
 *
 * @param path not percent-encoded, without leading slash, as `domain/site.ts` gives it
 */
export function pageHref(site: Pick<Site, 'url'>, path: string): string {
  if (DOTS_ALONE.test(path)) return new URL(siteAddress(site, path)).pathname
  return basePath(site.url) + path.split('/').map(encodeURIComponent).join('/')
}

// Segments that lead elsewhere in an address.
const DOTS_ALONE = /(?:^|\/)\.{1,2}(?:\/|$)/

let latest = { url: '', path: '' }

/** A page has dozens of references below one and the same address. */
function basePath(url: string): string {
  if (latest.url !== url) latest = { url, path: new URL('.', url).pathname }
  return latest.path
}

/** Gives an address from outside as one that is safe to link to; undefined for anything but absolute http(s). */
export function webHref(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : undefined
}
