import type { Entry, Feed } from '../domain/feed.ts'
import type { PostFeedSource } from '../domain/outlet.ts'
import type { FailureReason, SourceMemory, WordpressMemory } from '../domain/poll.ts'
import { DAY } from '../domain/time.ts'
import type { FetchedDocument } from '../fetch/fetch-outcome.ts'
import { API_RELATION, isWordpressFeed, wordpressApi } from '../posts/wordpress.ts'
import { type EditedPost, type EditsPage, editsUrl, nextEditsPage, readEdits } from '../posts/wordpress-edits.ts'
import { isSameWording } from '../posts/wordpress-wording.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import { linksIn } from '../websub/link-header.ts'
import type { PollProgress } from './poll-progress.ts'

// Edits of old posts can wait: one more request a day at most, and none to a blog whose feed does not stir.
const ASKED_AT_MOST_EVERY = DAY
// Many blogs have their API closed, for good.
const REFUSED_FOR = 30 * DAY
const PASSING: ReadonlySet<FailureReason> = new Set<FailureReason>([
  ...(['timeout', 'server-error', 'rate-limited', 'unreachable', 'dns', 'tls', 'interrupted'] as const),
])
// Two hundred edits; the rest follows with the next poll.
const PAGES_PER_POLL = 10
// Clocks differ, and what was edited just before the first poll may have been in a cache.
const OVERLAP = DAY

/** What a document shows of a blog on WordPress, beside what was known of it; of any other source nothing is kept. */
export function rememberWordpress(memory: SourceMemory, feed: Feed, { url, linkHeader = '' }: FetchedDocument): SourceMemory {
  const { wordpress: before, ...rest } = memory
  const link = linksIn(linkHeader).find(({ rels }) => rels.includes(API_RELATION))
  // A cache may give the feed without its headers: what it once was it still is, unless it says otherwise.
  const isSilent = feed.metadata.generator === undefined
  if (!isWordpressFeed(feed, link?.href) && (before === undefined || !isSilent)) return rest
  const now = memory.wholeAt ?? 0
  const published = feed.entries.map(entry => entry.published)
  const dates = published.filter(instant => instant !== undefined)
  const hasAll = dates.length > 0 && dates.length === published.length
  const wordpress: WordpressMemory = {
    ...(before ?? { api: null, shownSince: 0, knownUntil: now - OVERLAP, askedAt: now, notBefore: now + ASKED_AT_MOST_EVERY }),
    ...(hasAll ? { shownSince: dates.reduce((a, b) => Math.min(a, b)) } : {}),
  }
  const api = link === undefined ? undefined : wordpressApi(link.href, url)
  return { ...rest, wordpress: { ...wordpress, api: api ?? wordpress.api } }
}

/**
 * Asks a blog on WordPress for edits of posts that its feed is too short to show, where that is due; nothing it answers
 * harms the poll. Only posts that the feed has brought before are taken, as the feed may be that of one category.
 */
export async function takeEdits(poll: PollProgress, source: PostFeedSource): Promise<void> {
  const wordpress = poll.memory?.wordpress
  if (wordpress === undefined || poll.hasFailed || poll.state.resumeAt !== null || !isDue(wordpress, poll)) return
  const { api, knownUntil } = wordpress
  const askedAt = poll.deps.now()
  const done = { askedAt, notBefore: askedAt + ASKED_AT_MOST_EVERY }
  let wanted: EditsPage | undefined = { after: knownUntil, page: 1 }
  for (let page = 0; wanted !== undefined && page < PAGES_PER_POLL; page++) {
    await poll.renewLease()
    const fetched = await poll.fetch(editsUrl(api ?? '', wanted), {})
    if (fetched.kind !== 'ok') return giveUp(poll, fetched.kind === 'failed' ? fetched : { reason: 'server-error', detail: 'a bare 304' })
    const read = readEdits(fetched.bytes)
    if (read.kind === 'unusable') return giveUp(poll, { reason: 'unreadable', detail: read.detail })
    if (isBlindTo(wanted, read.posts)) return giveUp(poll, { reason: 'unreadable', detail: 'WordPress 5.7 or later is needed' })
    const newest = read.posts.reduce((latest, { modified }) => Math.max(latest, modified), wanted.after)
    // A date in the future would hide every edit until then.
    const until = Math.min(newest, poll.deps.now())
    wanted = nextEditsPage(wanted, read.received, until)
    remember(poll, { knownUntil: until, ...(wanted === undefined ? done : {}) })
    await save(poll, source, read.posts, read.skipped)
  }
}

/** The feed is dated by the last edit of any post: where it came as unmodified since it was last asked, there is none. */
function isDue({ api, askedAt, notBefore }: WordpressMemory, { memory, deps }: PollProgress): boolean {
  return api !== null && (memory?.wholeAt ?? 0) > askedAt && deps.now() >= notBefore
}

/** Before version 5.7 `modified_after` means nothing, and the blog begins with what was edited first. */
function isBlindTo({ after }: EditsPage, posts: readonly EditedPost[]): boolean {
  return posts.some(({ modified }) => modified < after - OVERLAP)
}

function remember(poll: PollProgress, change: Partial<WordpressMemory>): void {
  const { memory } = poll
  if (memory?.wordpress !== undefined) poll.noteMemory({ ...memory, wordpress: { ...memory.wordpress, ...change } })
}

async function giveUp(
  poll: PollProgress,
  { reason, detail, retryAfterMs }: { readonly reason: FailureReason; readonly detail: string; readonly retryAfterMs?: number },
): Promise<void> {
  if (reason === 'interrupted') return
  const askedAt = poll.deps.now()
  remember(poll, {
    askedAt: PASSING.has(reason) ? 0 : askedAt,
    notBefore: askedAt + (PASSING.has(reason) ? ASKED_AT_MOST_EVERY : REFUSED_FOR),
  })
  poll.remark(`edits of older posts cannot be seen: ${detail}`)
  await poll.keep({})
  if (retryAfterMs !== undefined) await poll.pauseHost(retryAfterMs)
}

/**
 * Leaves out what a feed brings of posts that are stored as the API had them, and that say the same: a feed that got longer,
 * or lost its newest post, shows old posts again in words of its own.
 */
export async function withoutRewordings(
  entries: readonly IncomingEntry[],
  { source, deps }: PollProgress,
): Promise<readonly IncomingEntry[]> {
  const news: IncomingEntry[] = []
  for (const incoming of entries) {
    const stored = await deps.store.entries.byKey(incoming.key)
    const isKnown = stored?.source === source.id && isFromApi(stored) && isSameWording(stored.entry, incoming.entry)
    if (!isKnown) news.push(incoming)
  }
  return news
}

/** The feed of WordPress says nothing of when a post was edited. */
function isFromApi({ entry }: StoredEntry): boolean {
  return entry.updated !== undefined
}

interface Edit {
  readonly stored: StoredEntry
  readonly entry: Entry
}

async function save(poll: PollProgress, source: PostFeedSource, posts: readonly EditedPost[], skipped: readonly string[]): Promise<void> {
  const shownSince = poll.memory?.wordpress?.shownSince ?? 0
  const edits: Edit[] = []
  for (const post of posts) {
    const stored = await knownPost(poll, source, post)
    if (stored === undefined || stored.published >= shownSince || stored.updated >= post.modified) continue
    const entry = edited(stored, post)
    // The feed may have shown the edit before the post left it, without its date; and many a save changes nothing.
    if (isFromApi(stored) || !isSameWording(stored.entry, entry)) edits.push({ stored, entry })
  }
  poll.skip(skipped)
  const [first] = edits
  if (first === undefined) return poll.keep({})
  const { incomingEntry } = await import('./incoming-entry.ts')
  const entries = edits.map(({ entry }) => incomingEntry(entry, source, poll.deps.directory))
  await poll.save({ metadata: first.stored.feed, skipped: [] }, entries, {}, () => poll.state.resumeAt)
}

async function knownPost(poll: PollProgress, source: PostFeedSource, { ids, change }: EditedPost): Promise<StoredEntry | undefined> {
  const { incomingEntry } = await import('./incoming-entry.ts')
  for (const id of ids) {
    const { key } = incomingEntry({ ...NOTHING, ...change, id }, source, poll.deps.directory)
    const stored = await poll.deps.store.entries.byKey(key)
    if (stored?.source === source.id) return stored
  }
  return undefined
}

const NOTHING = { authors: [], contributors: [], categories: [], links: [] } as const

/** The id stays as the feed spells it. */
function edited({ entry }: StoredEntry, { change }: EditedPost): Entry {
  const links = change.url === undefined || change.url === entry.url ? entry.links : [{ rel: 'alternate', href: change.url }]
  return { ...entry, ...change, links }
}
