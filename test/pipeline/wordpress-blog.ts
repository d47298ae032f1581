import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DAY, HOUR, type Instant } from '../../src/domain/time.ts'
import { atEnd } from '../support/at-end.ts'
import { escapeXml } from '../support/feed-documents.ts'
import { START } from './start.ts'

/** A post of a blog on WordPress; texts are HTML, as its author's editor makes them. */
export interface WordpressPost {
  readonly number: number
  readonly title: string
  readonly html: string
  readonly published: Instant
  readonly modified: Instant
  readonly categories: readonly string[]
  readonly tags: readonly string[]
}

/** What the blog answers in place of its own answer. */
export interface OtherAnswer {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A blog on WordPress, served on loopback, whose author may write and edit while it is read. */
export interface WordpressBlog {
  posts: WordpressPost[]
  /** Posts in a page of the feed, the blog's own choice. */
  pageSize: number
  /** It names its REST API in the headers of its pages and feeds. */
  namesApi: boolean
  /** What stands in for an answer; undefined leaves it as it is. */
  instead: (url: URL) => OtherAnswer | undefined
  /** The list of posts as the REST API is about to send it. */
  distort: (posts: readonly unknown[]) => unknown
  readonly host: string
  readonly feedUrl: string
  /** Path with query of every request, decoded. */
  readonly requests: string[]
  readonly write: (count: number, at: Instant) => void
  readonly edit: (number: number, at: Instant, change?: Partial<WordpressPost>) => void
}

const BLOG = 'https://blog.example.jp'
// What WordPress sends in place of a page that there is not.
const NOT_FOUND: OtherAnswer = { status: 404, body: '<!DOCTYPE html><title>ページが見つかりません</title>' }

/** Serves a blog with a post a day until yesterday; its numbers begin with 1. */
export async function wordpressBlog(count: number): Promise<WordpressBlog> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    requests.push(decodeURIComponent(request.url ?? '/'))
    const known = request.headers['if-modified-since']
    const { status, body = '', headers = {} } = blog.instead(url) ?? answerTo(blog, url, known)
    response.writeHead(status, { ...(blog.namesApi ? { link: `<${api(blog)}>; rel="https://api.w.org/"` } : {}), ...headers }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const blog: WordpressBlog = {
    posts: Array.from({ length: count }, (_, index) => aPost(index + 1, START - (count - index) * DAY)),
    ...{ pageSize: 10, namesApi: true, host, requests, feedUrl: `http://${host}/feed/` },
    instead: () => undefined,
    distort: posts => posts,
    write: (more, at) => {
      const last = blog.posts.length
      blog.posts.push(...Array.from({ length: more }, (_, index) => aPost(last + index + 1, at + index * 1_000)))
    },
    edit: (number, at, change = {}) => {
      blog.posts = blog.posts.map(post => (post.number === number ? { ...post, modified: at, ...change } : post))
    },
  }
  return blog
}

/** The id under which a post stands in the feed. */
export function guidOf(number: number): string {
  return `${BLOG}/?p=${number}`
}

function aPost(number: number, published: Instant): WordpressPost {
  const html = '<p>本文です。</p>'
  return { number, title: `第${number}回`, html, published, modified: published + HOUR, categories: ['外交'], tags: ['Q&amp;A'] }
}

function api({ host }: WordpressBlog): string {
  return `http://${host}/wp-json/`
}

function answerTo(blog: WordpressBlog, url: URL, known: string | undefined): OtherAnswer {
  if (url.pathname === '/feed/') return feedAnswer(blog, url, known)
  return url.pathname === '/wp-json/wp/v2/posts' ? editsAnswer(blog, url) : NOT_FOUND
}

/** Every feed of a blog is dated by the last edit of any post. */
function feedAnswer(blog: WordpressBlog, url: URL, known: string | undefined): OtherAnswer {
  const { posts, pageSize } = blog
  const lastModified = new Date(posts.reduce((latest, { modified }) => Math.max(latest, modified), 0)).toUTCString()
  if (known === lastModified) return { status: 304, headers: { 'last-modified': lastModified } }
  const page = Number(url.searchParams.get('paged') ?? 1)
  const shown = posts.toSorted((a, b) => b.published - a.published).slice((page - 1) * pageSize, page * pageSize)
  if (shown.length === 0) return NOT_FOUND
  const headers = { 'content-type': 'application/rss+xml; charset=UTF-8', 'last-modified': lastModified }
  return { status: 200, body: wordpressDocument(shown, `${blog.feedUrl}${url.search}`), headers }
}

/** A page of the RSS feed of WordPress. */
export function wordpressDocument(posts: readonly WordpressPost[], self: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel>
	<title>対訳帖</title>
	<atom:link href="${escapeXml(self)}" rel="self" type="application/rss+xml" />
	<link>${BLOG}</link>
	<description>翻訳の置き場</description>
	<language>ja</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.8.3</generator>
${posts.map(itemOf).join('\n')}
</channel>
</rss>`
}

/** The excerpt ends in a link, and emoji are images, in the feed alone. */
function itemOf({ number, title, html, published, categories, tags }: WordpressPost): string {
  const labels = [...categories, ...tags].map(name => `<category><![CDATA[${name.replaceAll('&amp;', '&')}]]></category>`)
  return `	<item>
		<title>${title}</title>
		<link>${BLOG}/archives/${number}</link>
		<dc:creator><![CDATA[山田花子]]></dc:creator>
		<pubDate>${new Date(published).toUTCString().replace('GMT', '+0000')}</pubDate>
		${labels.join('')}
		<guid isPermaLink="false">${guidOf(number)}</guid>
		<description><![CDATA[本文です。 [&#8230;]]]></description>
		<content:encoded><![CDATA[${html}
<p>投稿 <a href="${BLOG}/archives/${number}">${title}</a> は対訳帖に最初に表示されました。</p>
]]></content:encoded>
	</item>`
}

function editsAnswer({ posts, distort }: WordpressBlog, url: URL): OtherAnswer {
  const after = Date.parse(url.searchParams.get('modified_after') ?? '')
  const size = Number(url.searchParams.get('per_page'))
  const page = Number(url.searchParams.get('page'))
  const edited = posts.filter(({ modified }) => modified > after).toSorted((a, b) => a.modified - b.modified)
  const shown = edited.slice((page - 1) * size, page * size)
  const headers = { 'content-type': 'application/json; charset=UTF-8', 'x-wp-total': String(edited.length) }
  return { status: 200, body: JSON.stringify(distort(shown.map(restPost))), headers }
}

/** A post as the REST API gives it when it is asked for what a feed has. */
export function restPost({ number, title, html, published, modified, categories, tags }: WordpressPost): object {
  const term = (taxonomy: string) => (name: string, index: number) => ({ id: index + 1, link: `${BLOG}/x`, name, slug: 'x', taxonomy })
  return {
    guid: { rendered: guidOf(number) },
    link: `${BLOG}/archives/${number}`,
    date_gmt: wallTime(published),
    modified_gmt: wallTime(modified),
    title: { rendered: title },
    content: { rendered: `\n${html}\n`, protected: false },
    excerpt: { rendered: '<p>本文です。 [&hellip;]</p>\n', protected: false },
    _links: { author: [{ embeddable: true, href: `${BLOG}/wp-json/wp/v2/users/1` }] },
    _embedded: {
      author: [{ id: 1, name: '山田花子' }],
      'wp:term': [categories.map(term('category')), tags.map(term('post_tag'))],
    },
  }
}

function wallTime(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19)
}
