import { all, type ReadElement, readXml } from '../render/feed/read-xml.ts'

/**
 * What a feed reader notices of one feed. Of an entry it has: `edited` is other content under another date, `reworded`
 * other content under the same date, `bumped` another date and nothing else; `left` is no more in the document, `back` is
 * there again, `buried` is told to be gone (RFC 6721). Of the feed: `moved` (301), `gone` (410), another id, another title.
 * `twice` and `fault` have no place in any feed.
 */
export interface Sighting {
  readonly kind:
    | ('new' | 'edited' | 'reworded' | 'bumped' | 'left' | 'back' | 'buried' | 'twice')
    | ('moved' | 'gone' | 'other-feed-id' | 'other-title' | 'fault')
  /** Of the entry; of the feed where it is about that: where it has moved to, its title, what is wrong. */
  readonly what: string
}

/** A feed that the reader has subscribed to, and what it keeps of it. */
export interface Subscription {
  /** Below the site's address, percent-encoded; follows permanent redirects. */
  readonly path: () => string
  readonly isGone: () => boolean
  /** Ids in the document as it came last, in order. */
  readonly order: () => readonly string[]
  /** What is kept of an entry, for as long as the reader lives. */
  readonly kept: ReadonlyMap<string, KeptEntry>
}

/** An entry as the reader has it. */
export interface KeptEntry {
  readonly updated: string
  /** Everything else of it. */
  readonly content: string
}

/** What one look at one feed came to. */
export interface Look {
  readonly subscription: Subscription
  readonly sightings: readonly Sighting[]
  /** 304 or 410, or the document came whole. */
  readonly status: number
}

/** Someone who subscribes to feeds, asks for them again and again, and keeps entries by their id. */
export interface ModelReader {
  readonly subscriptions: readonly Subscription[]
  /** Requests made so far, and answers among them that were 304. */
  readonly counts: () => { readonly requests: number; readonly unmodified: number }
  readonly subscribe: (path: string) => void
  /** Asks for every feed that is not gone. @param address where the site is served now */
  readonly look: (address: string) => Promise<readonly Look[]>
}

/**
 * Reads a feed with all its archives (RFC 5005 §4), from the newest back to the oldest; gives the ids in them, each once.
 *
 * @param site what the addresses in the documents begin with
 */
export async function historyOf(address: string, site: string, path: string): Promise<readonly string[]> {
  const ids = new Set<string>()
  for (let next: string | undefined = path; next !== undefined; ) {
    const response: Response = await fetch(address + next)
    if (response.status !== 200) throw new Error(`${next}: answered ${response.status}`)
    const root = readXml(await response.text())
    for (const { id } of readAtom(root).entries) ids.add(id)
    const older = all(root, 'link').find(({ attributes }) => attributes['rel'] === 'prev-archive')
    next = older?.attributes['href']?.slice(site.length)
  }
  return [...ids]
}

interface Held {
  path: string
  isGone: boolean
  order: readonly string[]
  feedId: string | undefined
  title: string | undefined
  etag: string | null
  lastModified: string | null
  /** Some readers ask by date alone. */
  readonly goesByDate: boolean
  readonly kept: Map<string, KeptEntry>
  readonly buried: Set<string>
}

/** Opens a reader that has subscribed to nothing yet. */
export function modelReader(): ModelReader {
  const held: Held[] = []
  const views = new Map<Held, Subscription>()
  const counts = { requests: 0, unmodified: 0 }
  const viewOf = (feed: Held): Subscription => {
    const view = { path: () => feed.path, isGone: () => feed.isGone, order: () => feed.order, kept: feed.kept }
    views.set(feed, views.get(feed) ?? view)
    return views.get(feed) ?? view
  }
  const ask = async (address: string, feed: Held): Promise<Look> => {
    const sightings: Sighting[] = []
    const answer = await fetchFollowing(address, feed, sightings, counts)
    if (answer.status === 410) {
      feed.isGone = true
      sightings.push({ kind: 'gone', what: feed.path })
    } else if (answer.status !== 200 && answer.status !== 304) {
      sightings.push({ kind: 'fault', what: `${feed.path} answered ${answer.status}` })
    } else if (answer.status === 200) {
      feed.etag = answer.headers.get('etag')
      feed.lastModified = answer.headers.get('last-modified')
      sightings.push(...taken(feed, readDocument(feed.path, answer.body)))
    } else counts.unmodified++
    return { subscription: viewOf(feed), sightings, status: answer.status }
  }
  return {
    get subscriptions() {
      return held.map(viewOf)
    },
    counts: () => ({ ...counts }),
    subscribe: path => {
      const none = { isGone: false, order: [], feedId: undefined, title: undefined, etag: null, lastModified: null }
      held.push({ path, ...none, goesByDate: held.length % 2 === 1, kept: new Map(), buried: new Set() })
    },
    look: async address => {
      const looks: Look[] = []
      for (const feed of held) if (!feed.isGone) looks.push(await ask(address, feed))
      return looks
    },
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Asks with what it was told last time. A permanent redirect is followed and remembered; what is there is asked for whole. */
async function fetchFollowing(address: string, feed: Held, sightings: Sighting[], counts: { requests: number }): Promise<Answer> {
  for (let hops = 0; hops < 5; hops++) {
    counts.requests++
    const response = await fetch(address + feed.path, { redirect: 'manual', headers: conditionsOf(feed) })
    const body = await response.text()
    const { status, headers } = response
    if (status !== 301 && status !== 308) return { status, headers, body }
    feed.path = new URL(headers.get('location') ?? '', address + feed.path).href.slice(address.length)
    feed.etag = null
    feed.lastModified = null
    sightings.push({ kind: 'moved', what: feed.path })
  }
  throw new Error(`${feed.path}: redirects lead nowhere`)
}

function conditionsOf({ etag, lastModified, goesByDate }: Held): Record<string, string> {
  if (goesByDate) return lastModified === null ? {} : { 'if-modified-since': lastModified }
  return etag === null ? {} : { 'if-none-match': etag }
}

/** Takes a document in and gives what is new about it. */
function taken(feed: Held, read: ReadDocument): readonly Sighting[] {
  const sightings: Sighting[] = []
  const see = (kind: Sighting['kind'], what: string) => void sightings.push({ kind, what })
  if (feed.feedId !== undefined && feed.feedId !== read.id) see('other-feed-id', read.id)
  if (feed.title !== undefined && feed.title !== read.title) see('other-title', read.title)
  const ids = read.entries.map(({ id }) => id)
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) see('twice', id)
  const present = new Set(feed.order)
  for (const { id, updated, content } of read.entries) {
    const before = feed.kept.get(id)
    if (before === undefined) see('new', id)
    else if (!present.has(id)) see('back', id)
    if (before !== undefined) for (const kind of changeOf(before, { updated, content })) see(kind, id)
    feed.kept.set(id, { updated, content })
    feed.buried.delete(id)
  }
  for (const id of feed.order) if (!ids.includes(id)) see('left', id)
  for (const id of read.buried) {
    if (feed.kept.has(id) && !feed.buried.has(id)) see('buried', id)
    feed.buried.add(id)
  }
  Object.assign(feed, { feedId: read.id, title: read.title, order: ids })
  return sightings
}

function changeOf(before: KeptEntry, now: KeptEntry): readonly Sighting['kind'][] {
  const isDated = before.updated !== now.updated
  if (before.content === now.content) return isDated ? ['bumped'] : []
  return [isDated ? 'edited' : 'reworded']
}

interface ReadDocument {
  readonly id: string
  readonly title: string
  readonly entries: readonly (KeptEntry & { readonly id: string })[]
  readonly buried: readonly string[]
}

function readDocument(path: string, text: string): ReadDocument {
  if (path.endsWith('.json')) return readJson(text)
  const root = readXml(text)
  return path.endsWith('.rss') ? readRss(root) : readAtom(root)
}

function readAtom(root: ReadElement): ReadDocument {
  return {
    id: textOf(root, 'id'),
    title: textOf(root, 'title'),
    entries: all(root, 'entry').map(entry => keptOf(entry, 'id', 'updated')),
    buried: all(root, 'at:deleted-entry').map(({ attributes }) => attributes['ref'] ?? ''),
  }
}

/** A channel of RSS 2.0 has no id. */
function readRss(root: ReadElement): ReadDocument {
  const channel = all(root, 'channel')[0] ?? root
  const entries = all(channel, 'item').map(item => keptOf(item, 'guid', 'atom:updated'))
  return { id: '', title: textOf(channel, 'title'), entries, buried: [] }
}

function keptOf(entry: ReadElement, id: string, updated: string): KeptEntry & { readonly id: string } {
  const content = JSON.stringify(entry.children.filter(({ name }) => name !== updated).map(withoutDate))
  return { id: textOf(entry, id), updated: textOf(entry, updated), content: JSON.stringify(entry.attributes) + content }
}

// When the source last changed is no word of the entry; where the source does not say, it is the entry's own date once more.
function withoutDate(element: ReadElement): ReadElement {
  return element.name === 'source' ? { ...element, children: element.children.filter(({ name }) => name !== 'updated') } : element
}

function withoutSourceDate(key: string, value: unknown): unknown {
  return key === 'source' && typeof value === 'object' ? { ...value, updated: undefined } : value
}

function readJson(text: string): ReadDocument {
  const { title, items } = JSON.parse(text) as {
    readonly title: string
    readonly items: readonly { readonly id: string; readonly date_modified?: string }[]
  }
  const entries = items.map(({ date_modified = '', ...rest }) => ({
    id: rest.id,
    updated: date_modified,
    content: JSON.stringify(rest, withoutSourceDate),
  }))
  return { id: '', title, entries, buried: [] }
}

function textOf(parent: ReadElement, name: string): string {
  return all(parent, name)[0]?.text ?? ''
}
