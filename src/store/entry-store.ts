import type { Transaction } from 'kysely'
import type { Article } from '../domain/article.ts'
import type { Entry, FeedMetadata } from '../domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../domain/identifiers.ts'
import type { PollState } from '../domain/poll.ts'
import type { PostFacts } from '../domain/post.ts'
import type { Clock, Instant } from '../domain/time.ts'
import { DAY } from '../domain/time.ts'
import { ARTICLE_COLUMNS, toArticle } from './article-row.ts'
import { contentDigest } from './entry-digest.ts'
import type { Db, EntryRow, Tables } from './schema.ts'
import { chunks, saveState } from './source-store.ts'

/** An entry as a poll brings it, with what matching needs of it worked out. */
export interface IncomingEntry {
  readonly key: EntryKey
  readonly role: 'article' | 'post'
  readonly outlet: OutletId | null
  readonly entry: Entry
  readonly address: string | null
  readonly title: string
  readonly titleKey: string
  /** At most a few thousand characters. */
  readonly plainText: string
  readonly facts?: PostFacts
}

/** An entry as it is kept: as its publisher wrote it, beside what its feed said of itself when it last changed. */
export interface StoredEntry {
  readonly key: EntryKey
  readonly role: 'article' | 'post'
  readonly source: SourceId
  readonly outlet: OutletId | null
  readonly entry: Entry
  readonly feed: FeedMetadata
  readonly title: string
  readonly address: string | null
  /** As claimed, or when it was first seen where nothing, or the far future, is claimed. */
  readonly published: Instant
  readonly updated: Instant
  readonly firstSeen: Instant
  readonly contentDigest: string
  readonly plainText: string
  readonly facts?: PostFacts
}

export interface SavedPoll {
  readonly added: number
  readonly changed: number
}

/** Everything that was ever polled. Nothing leaves because a feed got shorter. */
export interface EntryStore {
  /**
   * Stores what a poll brought and the source's new state, both or neither. An entry that another source in
   * `activeSources` brought first is left to that source; one whose source is not active any more moves to this one.
   */
  readonly savePoll: (poll: {
    readonly source: SourceId
    readonly state: (saved: SavedPoll) => PollState
    readonly feed: FeedMetadata
    readonly entries: readonly IncomingEntry[]
    readonly activeSources: ReadonlySet<SourceId>
    readonly now: Clock
  }) => Promise<SavedPoll>
  readonly byKey: (key: EntryKey) => Promise<StoredEntry | undefined>
  /** Entries whose key, id, page or address is `text`. */
  readonly find: (text: string, address: string | undefined) => Promise<readonly StoredEntry[]>
  readonly articlesByKey: (keys: readonly EntryKey[]) => Promise<readonly Article[]>
  readonly articlesByAddress: (addresses: readonly string[]) => Promise<readonly Article[]>
  readonly articlesByTitleKey: (titleKeys: readonly string[]) => Promise<readonly Article[]>
  /** Articles published in a span, newest first; `outlets` empty means all. */
  readonly articlesBetween: (span: {
    readonly from: Instant
    readonly to: Instant
    readonly outlets: readonly OutletId[]
    readonly limit: number
  }) => Promise<readonly Article[]>
  /** What changed among articles at or after `since`; undefined when nothing did. */
  readonly articleChanges: (since: Instant) => Promise<{ readonly newestChange: Instant; readonly oldestPublished: Instant } | undefined>
  /** Articles of `outlets` (empty means all) that no accepted match names, newest first. */
  readonly untranslated: (outlets: readonly OutletId[], limit: number) => Promise<readonly StoredEntry[]>
  readonly counts: () => Promise<{ readonly articles: number; readonly posts: number }>
}

export function entryStore(db: Db): EntryStore {
  const articles = () => db.selectFrom('entries').select(ARTICLE_COLUMNS).where('role', '=', 'article')
  const inChunks = async (column: 'entry_key' | 'address' | 'title_key', values: readonly string[]) => {
    const found: Article[] = []
    for (const chunk of chunks([...new Set(values)])) found.push(...(await articles().where(column, 'in', chunk).execute()).map(toArticle))
    return found
  }
  return {
    savePoll: poll => db.transaction().execute(trx => savePoll(trx, poll)),
    byKey: async key => {
      const row = await db.selectFrom('entries').selectAll().where('entry_key', '=', key).executeTakeFirst()
      return row === undefined ? undefined : toStoredEntry(row)
    },
    find: async (text, address) => {
      const rows = await db
        .selectFrom('entries')
        .selectAll()
        .where(({ eb, or }) =>
          or([eb('entry_key', '=', text), eb('entry_id', '=', text), eb('url', '=', text), eb('address', '=', address ?? text)]),
        )
        .limit(20)
        .execute()
      return rows.map(toStoredEntry)
    },
    articlesByKey: keys => inChunks('entry_key', keys),
    articlesByAddress: addresses => inChunks('address', addresses),
    articlesByTitleKey: titleKeys => inChunks('title_key', titleKeys),
    articlesBetween: async ({ from, to, outlets, limit }) => {
      let query = articles().where('published', '>=', from).where('published', '<=', to)
      if (outlets.length > 0) query = query.where('outlet_id', 'in', [...outlets])
      return (await query.orderBy('published', 'desc').orderBy('entry_key').limit(limit).execute()).map(toArticle)
    },
    articleChanges: async since => {
      const row = await db
        .selectFrom('entries')
        .select(({ fn }) => [fn.max('changed_at').as('newest'), fn.min('published').as('oldest')])
        .where('role', '=', 'article')
        .where('changed_at', '>=', since)
        .executeTakeFirst()
      return row?.newest == null || row.oldest == null ? undefined : { newestChange: row.newest, oldestPublished: row.oldest }
    },
    untranslated: async (outlets, limit) => {
      let query = db
        .selectFrom('entries')
        .selectAll()
        .where('role', '=', 'article')
        .where(({ eb, not, exists }) => {
          const matched = eb.selectFrom('matches').select('matches.post_key').where('matches.state', '=', 'accepted')
          return not(exists(matched.whereRef('matches.entry_key', '=', 'entries.entry_key')))
        })
      if (outlets.length > 0) query = query.where('outlet_id', 'in', [...outlets])
      return (await query.orderBy('published', 'desc').orderBy('entry_key').limit(limit).execute()).map(toStoredEntry)
    },
    counts: async () => {
      const rows = await db
        .selectFrom('entries')
        .select(({ fn }) => ['role', fn.countAll<number>().as('count')])
        .groupBy('role')
        .execute()
      const count = (role: string) => Number(rows.find(row => row.role === role)?.count ?? 0)
      return { articles: count('article'), posts: count('post') }
    },
  }
}

// A date further ahead than this is a mistake or an issue's cover date: it would keep its entry on top for months.
const FUTURE_TOLERANCE = DAY

type Poll = Parameters<EntryStore['savePoll']>[0]

async function savePoll(trx: Transaction<Tables>, poll: Poll): Promise<SavedPoll> {
  const seenAt = poll.now()
  const changedAt = await changeStamp(trx, seenAt)
  const known = await knownEntries(trx, poll.entries)
  const counts = { added: 0, changed: 0 }
  const feed = JSON.stringify(poll.feed)
  for (const incoming of firstOfEach(poll.entries)) {
    const before = known.get(incoming.key)
    const row = toRow(incoming, { source: poll.source, feed, seenAt, changedAt }, before)
    if (before === undefined) {
      await trx.insertInto('entries').values(row).execute()
      counts.added++
    } else if (isChange(poll, before, row)) {
      const { entry_key: _, first_seen: __, ...change } = row
      await trx.updateTable('entries').set(change).where('entry_key', '=', incoming.key).execute()
      counts.changed++
    }
  }
  await saveState(trx, poll.source, poll.state(counts))
  return counts
}

/** Ids that differ by scheme alone have one key; what stands further up in a document is the newer. */
function firstOfEach(entries: readonly IncomingEntry[]): Iterable<IncomingEntry> {
  const first = new Map<string, IncomingEntry>()
  for (const entry of entries) if (!first.has(entry.key)) first.set(entry.key, entry)
  return first.values()
}

/** Later than every change before it, whatever the clock says: who has seen all changes up to one has missed none. */
async function changeStamp(trx: Transaction<Tables>, now: Instant): Promise<Instant> {
  const row = await trx
    .selectFrom('entries')
    .select(({ fn }) => fn.max('changed_at').as('newest'))
    .executeTakeFirst()
  return Math.max(now, (row?.newest ?? 0) + 1)
}

/** An entry whose source is gone has a new home, even if not a letter of it changed. */
function isChange(poll: Poll, before: KnownEntry, row: EntryRow): boolean {
  if (before.source_id === poll.source) return before.content_digest !== row.content_digest
  return !poll.activeSources.has(before.source_id as SourceId)
}

interface KnownEntry {
  readonly entry_key: string
  readonly source_id: string
  readonly content_digest: string
  readonly title: string
  readonly plain_text: string
  readonly published: number
  readonly updated: number
  readonly first_seen: number
}

async function knownEntries(trx: Transaction<Tables>, entries: readonly IncomingEntry[]): Promise<ReadonlyMap<string, KnownEntry>> {
  const known = new Map<string, KnownEntry>()
  for (const chunk of chunks(entries.map(({ key }) => key))) {
    const rows = await trx
      .selectFrom('entries')
      .select(['entry_key', 'source_id', 'content_digest', 'title', 'plain_text', 'published', 'updated', 'first_seen'])
      .where('entry_key', 'in', chunk)
      .execute()
    for (const row of rows) known.set(row.entry_key, row)
  }
  return known
}

interface Sighting {
  readonly source: SourceId
  readonly feed: string
  readonly seenAt: Instant
  readonly changedAt: Instant
}

function toRow(incoming: IncomingEntry, { source, feed, seenAt, changedAt }: Sighting, before: KnownEntry | undefined): EntryRow {
  const { entry, plainText, title } = incoming
  const firstSeen = before?.first_seen ?? seenAt
  const claimed = entry.published ?? entry.updated
  const published = claimed === undefined || claimed > firstSeen + FUTURE_TOLERANCE ? firstSeen : claimed
  return {
    entry_key: incoming.key,
    role: incoming.role,
    source_id: source,
    outlet_id: incoming.outlet,
    entry_id: entry.id,
    url: entry.url ?? null,
    address: incoming.address,
    title,
    title_key: incoming.titleKey,
    authors: JSON.stringify(entry.authors.map(({ name }) => name)),
    published,
    updated: updatedOf(incoming, published, seenAt, before),
    first_seen: firstSeen,
    changed_at: changedAt,
    content_digest: contentDigest(entry, incoming.facts),
    plain_text: plainText,
    document: JSON.stringify(entry),
    source_metadata: feed,
    facts: incoming.facts === undefined ? null : JSON.stringify(incoming.facts),
  }
}

/** The publisher's word unless it lies in the future; without it an edit of the words, not of the markup, counts from when it is seen. */
function updatedOf(incoming: IncomingEntry, published: Instant, now: Instant, before: KnownEntry | undefined): Instant {
  const claimed = incoming.entry.updated
  if (claimed !== undefined && claimed <= now + FUTURE_TOLERANCE) return Math.max(claimed, published)
  if (before === undefined) return published
  const sameWords = before.title === incoming.title && before.plain_text === incoming.plainText
  return sameWords ? before.updated : now
}

/** Maps a row to the entry it holds. */
export function toStoredEntry(row: EntryRow): StoredEntry {
  return {
    key: row.entry_key as EntryKey,
    role: row.role,
    source: row.source_id as SourceId,
    outlet: (row.outlet_id ?? null) as OutletId | null,
    entry: JSON.parse(row.document) as Entry,
    feed: JSON.parse(row.source_metadata) as FeedMetadata,
    title: row.title,
    address: row.address ?? null,
    published: row.published,
    updated: row.updated,
    firstSeen: row.first_seen,
    contentDigest: row.content_digest,
    plainText: row.plain_text,
    ...(row.facts == null ? {} : { facts: JSON.parse(row.facts) as PostFacts }),
  }
}
