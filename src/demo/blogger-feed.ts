import { HOUR, type Instant } from '../domain/time.ts'
import { escapeHtml } from '../html/escape.ts'
import { newest, tokyoTime } from './dates.ts'
import { blogFeedUrl, blogUrl, postHtml, postUrl } from './samples/addresses.ts'
import { sampleBlog, sampleLabels, samplePosts } from './samples/posts.ts'
import type { SamplePost } from './samples/sample-post.ts'

// Ten where Blogger gives 25, so that a blog of this size has several pages.
const DEFAULT_PAGE_SIZE = 10
// Blogger caps what it is asked for, at 150 or less; so small a cap shows the paging with few posts.
const LARGEST_PAGE_SIZE = 10

const BLOG_ID = `tag:blogger.com,1999:blog-${sampleBlog.id}`
const AUTHOR = `<author><name>${sampleBlog.author}</name><uri>http://www.blogger.com/profile/01946620518833307742</uri><email>noreply@blogger.com</email><gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='16' height='16' src='https://img1.blogblog.com/img/b16-rounded.gif'/></author>`

/** Which posts a feed document holds. */
export interface BloggerQuery {
  /** Posts that have all of these. */
  readonly labels: readonly string[]
  /** 1-based. */
  readonly startIndex: number
  readonly maxResults: number
}

/** Reads Blogger's paging parameters; what is no positive whole number counts as not given, and pages are capped. */
export function bloggerQuery(labels: readonly string[], parameters: URLSearchParams): BloggerQuery {
  return {
    labels,
    startIndex: positive(parameters.get('start-index')) ?? 1,
    maxResults: Math.min(positive(parameters.get('max-results')) ?? DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE),
  }
}

/** The sample blog's feed in the exact shape Blogger gives its Atom, newest post first. */
export function bloggerFeed(query: BloggerQuery, port: number): string {
  const found = samplePosts.filter(post => query.labels.every(label => post.labels.includes(label)))
  const page = found.slice(query.startIndex - 1, query.startIndex - 1 + query.maxResults)
  return [
    `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>`,
    `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:georss='http://www.georss.org/georss' xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr='http://purl.org/syndication/thread/1.0'>`,
    `<id>${BLOG_ID}</id><updated>${tokyoTime(bloggerUpdated())}</updated>`,
    ...sampleLabels().map(label => `<category term="${escaped(label)}"/>`),
    `<title type='text'>${escaped(sampleBlog.title)}</title><subtitle type='html'>${escaped(sampleBlog.subtitle)}</subtitle>`,
    ...feedLinks(query, found.length, port),
    AUTHOR,
    `<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>`,
    `<openSearch:totalResults>${found.length}</openSearch:totalResults><openSearch:startIndex>${query.startIndex}</openSearch:startIndex><openSearch:itemsPerPage>${query.maxResults}</openSearch:itemsPerPage>`,
    ...page.map(post => entry(post, port)),
    '</feed>',
  ].join('')
}

/** When Blogger says its feed changed: later than any of its posts, as in every feed that was looked at. */
export function bloggerUpdated(): Instant {
  return newest(samplePosts.map(post => post.updated)) + 3 * HOUR
}

function feedLinks(query: BloggerQuery, total: number, port: number): string[] {
  const base = blogFeedUrl(port) + (query.labels.length === 0 ? '' : `/-/${query.labels.map(encodeURIComponent).join('/')}`)
  const at = (startIndex: number): string => `${base}?start-index=${startIndex}&amp;max-results=${query.maxResults}`
  const next = query.startIndex + query.maxResults
  const previous = Math.max(1, query.startIndex - query.maxResults)
  return [
    link('http://schemas.google.com/g/2005#feed', 'application/atom+xml', base),
    link('self', 'application/atom+xml', base),
    link('alternate', 'text/html', `${blogUrl(port)}/`),
    ...(next <= total ? [link('next', 'application/atom+xml', at(next))] : []),
    ...(query.startIndex > 1 ? [link('previous', 'application/atom+xml', at(previous))] : []),
  ]
}

function entry(post: SamplePost, port: number): string {
  const self = `${blogFeedUrl(port)}/${post.id}`
  return [
    `<entry><id>${BLOG_ID}.post-${post.id}</id><published>${post.published}</published><updated>${post.updated}</updated>`,
    ...post.labels.map(label => `<category scheme="http://www.blogger.com/atom/ns#" term="${escaped(label)}"/>`),
    `<title type='text'>${escaped(post.title)}</title><content type='html'>${escaped(postHtml(post, port))}</content>`,
    link('edit', 'application/atom+xml', self),
    link('self', 'application/atom+xml', self),
    `<link rel='alternate' type='text/html' href='${postUrl(post, port)}' title='${escaped(post.title)}'/>`,
    AUTHOR,
    '<thr:total>0</thr:total></entry>',
  ].join('')
}

function link(rel: string, type: string, href: string): string {
  return `<link rel='${rel}' type='${type}' href='${href}'/>`
}

// Blogger escapes quotes in text as well; line ends stay as they are.
function escaped(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}
