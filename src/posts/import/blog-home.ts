import { AppError } from '../../domain/app-error.ts'
import type { PostSource } from '../../domain/outlet.ts'

// Feeds of Blogger by blog number, and of feed services, are not where the blog is.
const NOT_THE_BLOG = /(?:^|\.)(?:blogger\.com|feedburner\.com)$|^feeds\d?\./i

/**
 * Gives the address that the posts of a source lie below, ending in `/`: as the operator says, else where its feed comes
 * from. Undefined where neither tells.
 *
 * @param host host, with or without scheme and path
 * @throws AppError `usage` where `host` is none
 */
export function blogHome(source: PostSource, host: string | undefined): string | undefined {
  if (host !== undefined) return homeOf(host)
  const feed = source.kind === 'post-feed' ? URL.parse(source.feedUrl) : null
  return feed === null || NOT_THE_BLOG.test(feed.hostname) ? undefined : `${feed.origin}/`
}

function homeOf(host: string): string {
  const url = URL.parse(/^https?:\/\//i.test(host) ? host : `https://${host}`)
  const isHost = url !== null && /^[^.].*\.[^.]|^localhost$/i.test(url.hostname) && url.search === '' && url.username === ''
  if (!isHost) throw new AppError('usage', `--host: expected the blog's host such as "blog.example.jp", got "${host}"`)
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/`
}
