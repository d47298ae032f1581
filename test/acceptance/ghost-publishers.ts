import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HOUR, type Instant } from '../../src/domain/time.ts'
import { type BloggerPost, bloggerBlog, FEED_PATH } from '../pipeline/blogger-blog.ts'
import { START } from '../pipeline/start.ts'
import { wordpressBlog, wordpressDocument } from '../pipeline/wordpress-blog.ts'
import { escapeXml, rssFeed } from '../support/feed-documents.ts'
import { openSite, type Reply, type Visit } from './watched-site.ts'

/** A post or an article as its publisher has it now. */
export interface Written {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly html: string
  readonly labels: readonly string[]
  readonly published: Instant
  /** What its feed says; absent where feeds of its kind do not. */
  readonly updated?: Instant
}

/** What a publisher answers in place of its feed. */
export type Fault = 'error' | 'timeout' | 'empty' | 'page' | 'truncated'

/** One publisher, whose feed may be down, shuffled or sent anew. */
export interface Publisher {
  fault: Fault | null
  /** Another number is another ETag, and every other one other bytes; entries are the same. */
  edition: number
  isShuffled: boolean
  /** Entries in its feed. */
  window: number
  /** Entries that were whole in what it answered last. */
  complete: number
}

export interface Outlet extends Publisher {
  articles: Written[]
  readonly url: string
  /** The articles in its feed now. */
  readonly shown: () => readonly Written[]
}

export interface Blog extends Publisher {
  readonly url: string
  /** Every post there is, oldest first. */
  readonly posts: () => readonly Written[]
  readonly shown: () => readonly Written[]
  readonly write: (post: { readonly html: string; readonly title: string; readonly labels: readonly string[] }, at: Instant) => void
  /** @param at when its publisher says it was edited; absent leaves the date as it was */
  readonly edit: (id: string, change: Partial<Pick<Written, 'title' | 'html' | 'labels'>>, at?: Instant) => void
  readonly remove: (id: string) => void
}

export interface WordpressBlog extends Blog {
  /** How often its REST API has been asked for edits. */
  readonly edits: () => number
  /** When a post was last edited, which the API alone tells. */
  readonly modifiedAt: (id: string) => Instant
}

/** A file of a post; the scheme of its id may change, which makes no other post of it. */
export interface Note extends Written {
  readonly state: 'whole' | 'draft' | 'broken'
  readonly isSecured: boolean
}

/** Files of posts, each of which may be whole, a draft, or broken. */
export interface Notes {
  readonly folder: string
  readonly files: Map<string, Note>
  readonly save: () => Promise<void>
}

/** An address that polls may ask for. */
interface Host {
  readonly host: string
}

/** Opens an outlet whose feed is RSS, which says nothing of edits, or Atom, which does. */
export async function openOutlet(name: string, syntax: 'rss' | 'atom'): Promise<Outlet & Host> {
  const site = await openSite({})
  const shown = () => [...outlet.articles].sort((a, b) => b.published - a.published).slice(0, outlet.window)
  const outlet: Outlet & Host = { ...calm(25), articles: [], host: site.host, url: site.url('/feed'), shown }
  const body = () =>
    syntax === 'atom'
      ? atomFeed(name, shown())
      : rssFeed(
          name,
          shown().map(({ url, title, html: text, published }) => ({ url, title, text, published: new Date(published).toISOString() })),
        )
  site.pages.set('/feed', visit => answered(outlet, visit, body()))
  return outlet
}

/** Opens a blog on Blogger with room for all its posts in one page. */
export async function openBlogger(): Promise<Blog & Host> {
  const site = await openSite({})
  const inner = bloggerBlog(0)
  const posts = () => inner.posts.map(writtenOf)
  const blog: Blog & Host = {
    ...calm(50),
    ...{ host: site.host, url: site.url(FEED_PATH), posts },
    shown: () => [...posts()].sort((a, b) => (b.updated ?? 0) - (a.updated ?? 0)).slice(0, blog.window),
    write: (post, at) => void inner.posts.push({ ...post, number: at, published: at, updated: at }),
    edit: (id, change, at) => {
      inner.posts = inner.posts.map(post => (idOf(post) === id ? { ...post, ...change, updated: at ?? post.updated } : post))
    },
    remove: id => {
      inner.posts = inner.posts.filter(post => idOf(post) !== id)
    },
  }
  site.pages.set(FEED_PATH, visit => {
    inner.cap = blog.window
    const page = inner.page(new URL(visit.target, site.url('/')))
    // A comment anywhere on the blog moves the date of its feed.
    return answered(blog, visit, page.replace(iso(START), iso(START + blog.edition * HOUR)))
  })
  return blog
}

/** Opens a blog on WordPress, whose feed is short and whose REST API tells of edits behind it. */
export async function openWordpress(): Promise<WordpressBlog & Host> {
  const inner = await wordpressBlog(0)
  let asked = 0
  const posts = () =>
    inner.posts.map(({ number, title, html, categories, published }): Written => {
      const url = `https://blog.example.jp/archives/${number}`
      return { id: `https://blog.example.jp/?p=${number}`, url, title, html, labels: categories, published }
    })
  const indexOf = (id: string) => inner.posts.findIndex(({ number }) => id === `https://blog.example.jp/?p=${number}`)
  const newest = () => inner.posts.toSorted((a, b) => b.published - a.published).slice(0, blog.window)
  const blog: WordpressBlog & Host = {
    ...calm(10),
    ...{ host: inner.host, url: inner.feedUrl, posts },
    shown: () => [...posts()].sort((a, b) => b.published - a.published).slice(0, blog.window),
    edits: () => asked,
    modifiedAt: id => inner.posts[indexOf(id)]?.modified ?? 0,
    write: ({ title, html, labels }, at) =>
      void inner.posts.push({ number: at, title, html, published: at, modified: at, categories: labels, tags: [] }),
    edit: (id, { labels, ...change }, at) => {
      const post = inner.posts[indexOf(id)]
      if (post === undefined) return
      const categories = labels ?? post.categories
      inner.posts[indexOf(id)] = { ...post, ...change, categories, modified: at ?? post.modified }
    },
    remove: id => void inner.posts.splice(indexOf(id), 1),
  }
  inner.instead = url => {
    inner.pageSize = blog.window
    if (url.pathname !== '/feed/') {
      asked++
      return undefined
    }
    blog.complete = Number.POSITIVE_INFINITY
    const isPlain = blog.fault === null && !blog.isShuffled && blog.edition === 0
    if (isPlain || url.searchParams.has('paged')) return undefined
    const visit = { method: 'GET', target: '/feed/', headers: {} }
    const reply = answered(blog, visit, wordpressDocument(newest(), `${inner.feedUrl}${url.search}`))
    const { status = 200, body = '', headers = {} } = typeof reply === 'string' ? { body: reply } : reply
    return { status, body: String(body), headers: headers as Record<string, string> }
  }
  return blog
}

/** Opens an empty folder of posts. */
export async function openNotes(folder: string): Promise<Notes> {
  await mkdir(folder, { recursive: true })
  const notes: Notes = {
    folder,
    files: new Map(),
    save: async () => {
      for (const [name, file] of notes.files) await writeFile(join(folder, name), markdownOf(file))
    },
  }
  return notes
}

/** Takes a file away for good. */
export async function removeNote(notes: Notes, name: string): Promise<void> {
  notes.files.delete(name)
  await rm(join(notes.folder, name))
}

function calm(window: number): Publisher {
  return { fault: null, edition: 0, isShuffled: false, window, complete: Number.POSITIVE_INFINITY }
}

/** What of its feed a publisher has answered whole. */
export function answeredWhole({ shown, complete, isShuffled }: Outlet | Blog): readonly Written[] {
  return (isShuffled ? shown().toReversed() : shown()).slice(0, complete)
}

/** The publisher's answer, be it its feed or what stands in for that. */
function answered(publisher: Publisher, visit: Visit, whole: string): Reply {
  const { fault, edition, isShuffled } = publisher
  if (fault === 'timeout') return { isSilent: true }
  if (fault === 'error') return { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Internal Server Error</h1>' }
  if (fault === 'page')
    return { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Just a moment…</title><p>Checking.</p>' }
  const entries = whole.match(ENTRIES) ?? []
  const arranged = isShuffled && entries.length > 1 ? inPlace(whole, entries.toReversed()) : whole
  const stamped = edition % 2 === 1 ? arranged.replace(/<\/(feed|rss)>$/, `<!-- edition ${edition} --></$1>`) : arranged
  const body = fault === 'empty' ? inPlace(stamped, []) : fault === 'truncated' ? stamped.slice(0, stamped.length * 0.6) : stamped
  publisher.complete = (body.match(ENTRIES) ?? []).length
  const etag = `"${createHash('sha256').update(`${edition} ${body}`).digest('hex').slice(0, 16)}"`
  if (visit.headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
  return { headers: { etag, 'content-type': 'application/xml; charset=utf-8' }, body }
}

const ENTRIES = /<(entry|item)>.*?<\/\1>/gs

function inPlace(document: string, entries: readonly string[]): string {
  const first = document.search(/<(?:entry|item)>/)
  if (first < 0) return document
  const bare = document.replace(ENTRIES, '')
  return bare.slice(0, first) + entries.join('') + bare.slice(first)
}

function idOf({ number }: Pick<BloggerPost, 'number'>): string {
  return `tag:blogger.com,1999:blog-77.post-${number}`
}

function writtenOf(post: BloggerPost): Written {
  const { title, html, labels, published, updated, number } = post
  return { id: idOf(post), url: `https://blog.example.jp/${number}.html`, title, html, labels, published, updated }
}

function atomFeed(name: string, articles: readonly Written[]): string {
  const entries = articles.map(({ id, url, title, html, published, updated = published }) =>
    [
      `<entry><id>${id}</id><title>${escapeXml(title)}</title><link href="${url}"/><summary>${escapeXml(html)}</summary>`,
      `<author><name>Jane Doe</name></author><published>${iso(published)}</published><updated>${iso(updated)}</updated></entry>`,
    ].join(''),
  )
  const updated = Math.max(0, ...articles.map(article => article.updated ?? article.published))
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${name},2026:feed</id><title>${name}</title><updated>${iso(updated)}</updated>${entries.join('')}</feed>`
}

function markdownOf({ title, html, labels, published, updated, url, id, state, isSecured }: Note): string {
  const spelled = isSecured ? id.replace(/^http:/, 'https:') : id
  const front = [
    ...[`title: ${JSON.stringify(title)}`, `id: ${JSON.stringify(spelled)}`, `url: ${url}`, `labels: [${labels.join(', ')}]`],
    ...[`date: ${state === 'broken' ? 'いつか' : iso(published)}`, ...(updated === undefined ? [] : [`updated: ${iso(updated)}`])],
    ...(state === 'draft' ? ['draft: true'] : []),
  ]
  return `---\n${front.join('\n')}\n---\n\n${html}\n`
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
