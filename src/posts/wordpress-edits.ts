import type { Category, Entry, Person } from '../domain/feed.ts'
import { type Instant, SECOND } from '../domain/time.ts'
import { textOf } from '../html/text.ts'
import { statedDate } from './stated-date.ts'

/** A page of the posts of a blog that were edited after an instant, the earliest edit first. */
export interface EditsPage {
  readonly after: Instant
  /** 1-based. */
  readonly page: number
}

/** An edited post as the REST API of WordPress gives it; what it does not say, or says wrongly, is absent. */
export interface EditedPost {
  /** What its feed may call it: its guid, in RSS 1.0 its address. */
  readonly ids: readonly string[]
  readonly modified: Instant
  readonly change: Pick<Entry, 'content' | 'updated'> & Partial<Entry>
}

/** What a page of edits came to. `received` counts those that were left out, too. */
export type ReadEdits =
  | { readonly kind: 'edits'; readonly posts: readonly EditedPost[]; readonly received: number; readonly skipped: readonly string[] }
  | { readonly kind: 'unusable'; readonly detail: string }

// A day's edits of a busy blog; with their texts some hundred KB.
const PER_PAGE = 20

/**
 * Gives the address of a page of edits: what was edited after an instant, the earliest first (WordPress 5.7 and later),
 * with nothing but what a feed has as well.
 *
 * @param api the root of the REST API; on blogs with plain permalinks its path is in the query
 */
export function editsUrl(api: string, { after, page }: EditsPage): string {
  const url = new URL(api)
  const route = url.searchParams.get('rest_route')
  if (route !== null) url.searchParams.set('rest_route', `${route.replace(/\/+$/, '')}/wp/v2/posts`)
  else url.pathname = `${url.pathname.replace(/\/+$/, '')}/wp/v2/posts`
  for (const [name, value] of [
    ['modified_after', `${new Date(after).toISOString().slice(0, 19)}Z`],
    ['orderby', 'modified'],
    ['order', 'asc'],
    ['per_page', String(PER_PAGE)],
    ['page', String(page)],
    // Authors and labels are numbers unless they are embedded.
    ['_embed', 'author,wp:term'],
    ['_fields', 'guid,link,date_gmt,modified_gmt,title,content,excerpt,_links,_embedded'],
  ] as const) {
    url.searchParams.set(name, value)
  }
  return url.href
}

/**
 * Gives the page behind one that was read, or undefined where that was not full. It goes on by time: pages by number shift
 * when a post is edited meanwhile, and one is missed. Only where a page holds the edits of a single second does the
 * number count.
 *
 * @param newest when the last post of the page was edited
 */
export function nextEditsPage({ after, page }: EditsPage, received: number, newest: Instant): EditsPage | undefined {
  if (received < PER_PAGE) return undefined
  const next = newest - SECOND
  return next > after ? { after: next, page: 1 } : { after, page: page + 1 }
}

/** Reads a page of edits. A post that cannot be used is left out, and described in `skipped`. */
export function readEdits(bytes: Uint8Array): ReadEdits {
  const document = parsed(bytes)
  if (!Array.isArray(document)) return { kind: 'unusable', detail: 'expected a list of posts as JSON, got something else' }
  const posts: EditedPost[] = []
  const skipped: string[] = []
  for (const [index, item] of document.entries()) {
    const read = readPost(fieldsOf(item))
    if (typeof read === 'string') skipped.push(`Edited post ${index + 1} was left out: ${read}.`)
    else posts.push(read)
  }
  return { kind: 'edits', posts, received: document.length, skipped }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

/** The post, or why it is of no use. */
function readPost(post: Fields): EditedPost | string {
  const modified = statedDate(post['modified_gmt'])
  if (modified === undefined) return 'it does not say when it was edited'
  const url = webAddress(post['link'])
  const ids = [textOf(rendered(post['guid'])), url ?? ''].filter(id => id !== '')
  if (ids.length === 0) return 'it has neither guid nor link'
  if (fieldsOf(post['content'])['protected'] === true) return 'it has a password'
  const content = rendered(post['content'])
  if (content === '') return 'it came without its text'
  return { ids, modified, change: { content: { type: 'html', value: content }, updated: modified, ...given(post, url) } }
}

/** As the feed of WordPress has it: titles and labels are text, bodies and excerpts HTML. */
function given(post: Fields, url: string | undefined): Partial<Entry> {
  const title = textOf(rendered(post['title']))
  const summary = rendered(post['excerpt'])
  const published = statedDate(post['date_gmt'])
  const embedded = fieldsOf(post['_embedded'])
  const authors = authorsIn(embedded['author'])
  const categories = labelsIn(embedded['wp:term'])
  return {
    ...(title === '' ? {} : { title: { type: 'text', value: title } }),
    ...(summary === '' ? {} : { summary: { type: 'html', value: summary } }),
    ...(published === undefined ? {} : { published }),
    ...(url === undefined ? {} : { url }),
    ...(authors.length === 0 ? {} : { authors }),
    ...(categories.length === 0 ? {} : { categories }),
  }
}

function authorsIn(embedded: unknown): readonly Person[] {
  const names = listOf(embedded).map(author => textOf(textIn(fieldsOf(author)['name'])))
  return names.filter(name => name !== '').map(name => ({ name }))
}

// WordPress has other taxonomies (post formats, languages) that readers do not see as labels.
const LABEL_TAXONOMIES: ReadonlySet<unknown> = new Set(['category', 'post_tag'])

/** One list of terms for each taxonomy, in the feed's order. */
function labelsIn(embedded: unknown): readonly Category[] {
  const terms = listOf(embedded).flatMap(listOf).map(fieldsOf)
  const names = terms.filter(term => LABEL_TAXONOMIES.has(term['taxonomy'])).map(term => textOf(textIn(term['name'])))
  return [...new Set(names.filter(name => name !== ''))].map(term => ({ term }))
}

function rendered(value: unknown): string {
  return textIn(fieldsOf(value)['rendered']).trim()
}

function webAddress(value: unknown): string | undefined {
  const url = URL.parse(textIn(value))
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
