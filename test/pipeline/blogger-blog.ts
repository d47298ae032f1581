import { DAY, HOUR, type Instant } from '../../src/domain/time.ts'
import { escapeXml } from '../support/feed-documents.ts'
import type { Answer } from '../support/local-feeds.ts'
import { START } from './start.ts'

/** A post of a blog on Blogger. */
export interface BloggerPost {
  readonly number: number
  readonly title: string
  readonly html: string
  readonly published: Instant
  readonly updated: Instant
  readonly labels: readonly string[]
}

/** A blog whose owner may write and edit while it is read. */
export interface BloggerBlog {
  posts: BloggerPost[]
  /** Entries a page holds at most, whatever is asked for. */
  cap: number
  /** The order of a page that is asked for without one; Blogger has both. */
  unasked: 'published' | 'updated'
  readonly write: (count: number, at: Instant) => void
  readonly edit: (number: number, at: Instant, change?: Partial<BloggerPost>) => void
  /** Answers as Blogger does: `orderby`, `start-index` and `max-results` are understood, and so is `/-/label`. */
  readonly page: (url: URL) => string
}

/** Where a blog's feed is, on any host. */
export const FEED_PATH = '/feeds/posts/default'

/** A blog with a post a day until yesterday, each last edited on the day it was published; its numbers begin with 1. */
export function bloggerBlog(
  count: number,
  { cap = 25, labels = ['外交'] }: { cap?: number; labels?: readonly string[] } = {},
): BloggerBlog {
  const blog: BloggerBlog = {
    posts: Array.from({ length: count }, (_, index) => postOf(index + 1, START - (count - index) * DAY, labels)),
    cap,
    unasked: 'updated',
    write: (more, at) => {
      const last = blog.posts.length
      blog.posts.push(...Array.from({ length: more }, (_, index) => postOf(last + index + 1, at + index, labels)))
    },
    edit: (number, at, change = {}) => {
      blog.posts = blog.posts.map(post => (post.number === number ? { ...post, title: `${post.title}・改`, updated: at, ...change } : post))
    },
    page: url => pageOf(blog, url),
  }
  return blog
}

/** What an answer with this status, and nothing of use, looks like. */
export function refusal(status: number): Answer {
  return { kind: 'document', body: 'refused', type: 'text/plain', status }
}

/** The index a page of a blog is asked from; 1 where the address does not say. */
export function startIndexOf(url: URL): number {
  return Number(url.searchParams.get('start-index') ?? 1)
}

function postOf(number: number, published: Instant, labels: readonly string[]): BloggerPost {
  return { number, title: `第${number}回`, html: '<p>本文です。</p>', published, updated: published + HOUR, labels }
}

function pageOf({ posts, cap, unasked }: BloggerBlog, url: URL): string {
  const asked = url.searchParams.get('orderby')
  const key = asked === 'published' || asked === 'updated' ? asked : unasked
  const label = decodeURIComponent(url.pathname).split('/-/')[1]
  const listed = posts.filter(({ labels }) => label === undefined || labels.includes(label)).toSorted((a, b) => b[key] - a[key])
  const startIndex = startIndexOf(url)
  const size = Math.min(Number(url.searchParams.get('max-results') ?? 25), cap)
  return bloggerDocument(listed.slice(startIndex - 1, startIndex - 1 + size), { total: listed.length, startIndex, size })
}

/** A page of Blogger's Atom feed. */
export function bloggerDocument(
  posts: readonly BloggerPost[],
  { total, startIndex, size }: { readonly total: number; readonly startIndex: number; readonly size: number },
): string {
  return [
    `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'>`,
    `<id>tag:blogger.com,1999:blog-77</id><updated>${iso(START)}</updated><title type='text'>対訳帖</title><generator uri='http://www.blogger.com'>Blogger</generator>`,
    `<openSearch:totalResults>${total}</openSearch:totalResults><openSearch:startIndex>${startIndex}</openSearch:startIndex><openSearch:itemsPerPage>${size}</openSearch:itemsPerPage>`,
    ...posts.map(entryOf),
    '</feed>',
  ].join('')
}

function entryOf({ number, title, html, published, updated, labels }: BloggerPost): string {
  return [
    `<entry><id>tag:blogger.com,1999:blog-77.post-${number}</id><published>${iso(published)}</published><updated>${iso(updated)}</updated>`,
    ...labels.map(term => `<category scheme='http://www.blogger.com/atom/ns#' term='${escapeXml(term)}'/>`),
    `<title type='text'>${title}</title><content type='html'>${escapeXml(html)}</content>`,
    `<link rel='alternate' type='text/html' href='https://blog.example.jp/${number}.html'/></entry>`,
  ].join('')
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
