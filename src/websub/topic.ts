import { isFeedPath } from '../domain/site.ts'

/**
 * Gives the path below the site's address of the feed document that a topic names, however it is percent-encoded. Undefined
 * for what is no feed of the site; whether there is such a feed is not asked.
 *
 * @param siteUrl ending in `/`
 */
export function topicPath(topic: string, siteUrl: string): string | undefined {
  const [url, site] = [URL.parse(topic), new URL(siteUrl)]
  if (url === null || url.origin !== site.origin || url.search !== '' || url.hash !== '' || url.username !== '') return undefined
  const [pathname, base] = [decoded(url.pathname), decoded(site.pathname)]
  if (pathname === undefined || base === undefined || !pathname.startsWith(base)) return undefined
  const path = pathname.slice(base.length)
  return isFeedPath(path) ? path : undefined
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname).normalize('NFC')
  } catch {
    return undefined
  }
}
