import { sql } from 'kysely'
import type { Article } from '../domain/article.ts'
import type { Entry, FeedMetadata } from '../domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../domain/identifiers.ts'
import type { PollState } from '../domain/poll.ts'
import type { PostFacts } from '../domain/post.ts'
import type { Clock, Instant } from '../domain/time.ts'
import { ARTICLE_COLUMNS, toArticle } from './article-row.ts'
import type { EntryBatch, SavedPoll } from './entry-batch.ts'
import { leadOfEntry } from './entry-text.ts'
import { changeStamp, readdress, saveEntries } from './save-entries.ts'
import { type Db, type EntryRow, TITLE_BEGINNING, TITLE_BEGINNING_CHARACTERS } from './schema.ts'
import { chunks, type SaveState } from './source-store.ts'
import { restoreEntries, withdrawByOperator } from './withdraw-entries.ts'
import type { Write } from './write-together.ts'

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
  /** Who took it out, where somebody did: its source has it no more, or an operator did not want it. */
  readonly withdrawnBy?: WithdrawnBy
  /** The beginning of an article as plain text; empty for posts, which are read whole. */
  readonly plainText: string
  readonly facts?: PostFacts
}

/** Its source has it no more, an operator did not want it, or both. */
export type WithdrawnBy = 'source' | 'operator' | 'both'

/** Where an article stands in the order of changes: by their stamps, and by key where one change brought several. */
export interface ArticlePlace {
  readonly changedAt: Instant
  readonly key: string
}

/** An article that changed. */
export interface ChangedArticle extends ArticlePlace {
  readonly article: Article
  /** Its source no longer has it. */
  readonly isWithdrawn: boolean
}

/** Everything that was ever polled. Nothing leaves because a feed got shorter. */
export interface EntryStore {
  /**
   * Stores what a poll brought and the source's new state, both or neither. An entry that another source in
   * `activeSources` brought first is left to that source; one whose source is not active any more moves to this one.
   */
  readonly savePoll: (poll: EntryBatch & { readonly state: (saved: SavedPoll) => PollState }) => Promise<SavedPoll>
  /** The same without a poll: what an import brings. The source's state stays as it is. */
  readonly saveEntries: (batch: EntryBatch) => Promise<SavedPoll>
  /** Ids of a source's posts by the comparison form of their address. */
  readonly postIdsByAddress: (source: SourceId) => Promise<ReadonlyMap<string, string>>
  /**
   * Takes entries out for good: no poll brings them back until they are restored. Returns how many were there and not
   * taken out so already.
   */
  readonly withdraw: (keys: readonly EntryKey[], now: Instant) => Promise<number>
  /** Takes back what `withdraw` did; returns how many it had been done to. */
  readonly restore: (keys: readonly EntryKey[], now: Instant) => Promise<number>
  /** Works out anew the form in which addresses are compared; returns how many differ. */
  readonly readdress: (addressOf: (url: string) => string | null, now: Clock) => Promise<number>
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
  /** The next articles of a span, oldest first, behind the one before; those that are withdrawn are left out. */
  readonly articlesFrom: (page: {
    readonly span: { readonly from: Instant; readonly to: Instant }
    readonly after?: Pick<Article, 'published' | 'key'> | undefined
    readonly limit: number
  }) => Promise<readonly Article[]>
  /** The stamp of the newest change of all, before every later one; 0 where there is nothing. */
  readonly newestChange: () => Promise<Instant>
  /** The next articles as they are now that changed, in order of their changes, behind the one before. */
  readonly articlesChanged: (after: ArticlePlace, limit: number) => Promise<readonly ChangedArticle[]>
  /** What changed among articles at or after `since`; undefined when nothing did. */
  readonly articleChanges: (since: Instant) => Promise<{ readonly newestChange: Instant; readonly oldestPublished: Instant } | undefined>
  /** Articles of `outlets` (empty means all) that no accepted match names, newest first. */
  readonly untranslated: (outlets: readonly OutletId[], limit: number, offset?: number) => Promise<readonly StoredEntry[]>
  readonly counts: () => Promise<{ readonly articles: number; readonly posts: number }>
}

// As equality, SQLite would go through every article by its time rather than through what changed, or through what is asked for.
const ARTICLE_BY_ANOTHER_INDEX = sql<boolean>`role != 'post'`

export function entryStore(db: Db, write: Write, saveState: SaveState): EntryStore {
  const articles = () => db.selectFrom('entries').select(ARTICLE_COLUMNS).where('role', '=', 'article')
  const inChunks = async (column: 'entry_key' | 'address', values: readonly string[]) => {
    const found: Article[] = []
    for (const chunk of chunks([...new Set(values)])) {
      const query = db.selectFrom('entries').select(ARTICLE_COLUMNS).where(ARTICLE_BY_ANOTHER_INDEX).where(column, 'in', chunk)
      found.push(...(await query.execute()).map(toArticle))
    }
    return found
  }
  return {
    savePoll: poll =>
      write(async trx => {
        const saved = await saveEntries(trx, poll)
        await saveState(trx, poll.source, poll.state(saved))
        return saved
      }),
    saveEntries: batch => db.transaction().execute(trx => saveEntries(trx, batch)),
    postIdsByAddress: async source => {
      const rows = await db
        .selectFrom('entries')
        .select(['address', 'entry_id'])
        .where('role', '=', 'post')
        .where('source_id', '=', source)
        .where('address', 'is not', null)
        .execute()
      return new Map(rows.flatMap(({ address, entry_id }) => (address === null ? [] : [[address, entry_id] as const])))
    },
    withdraw: (keys, now) =>
      db.transaction().execute(async trx => withdrawByOperator(trx, keys, { at: now, changedAt: await changeStamp(trx, now) })),
    restore: (keys, now) => db.transaction().execute(async trx => restoreEntries(trx, keys, await changeStamp(trx, now))),
    readdress: (addressOf, now) => readdress(db, addressOf, now),
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
    articlesByTitleKey: async titleKeys => {
      const found: Article[] = []
      for (const chunk of chunks([...new Set(titleKeys)])) {
        const beginnings = chunk.map(key => key.slice(0, TITLE_BEGINNING_CHARACTERS))
        const query = articles().where(TITLE_BEGINNING, 'in', beginnings).where('title_key', 'in', chunk)
        found.push(...(await query.execute()).map(toArticle))
      }
      return found
    },
    articlesBetween: async ({ from, to, outlets, limit }) => {
      let query = articles().where('published', '>=', from).where('published', '<=', to)
      if (outlets.length > 0) query = query.where('outlet_id', 'in', [...outlets])
      return (await query.orderBy('published', 'desc').orderBy('entry_key').limit(limit).execute()).map(toArticle)
    },
    articlesFrom: async ({ span, after, limit }) => {
      let query = articles().where('withdrawn_at', 'is', null).where('published', '<=', span.to)
      query =
        after === undefined
          ? query.where('published', '>=', span.from)
          : query.where(({ eb, refTuple, tuple }) =>
              eb(refTuple('published', 'entry_key'), '>', tuple(after.published, after.key as string)),
            )
      return (await query.orderBy('published').orderBy('entry_key').limit(limit).execute()).map(toArticle)
    },
    newestChange: async () => {
      const row = await db
        .selectFrom('entries')
        .select(({ fn }) => fn.max('changed_at').as('newest'))
        .executeTakeFirst()
      return row?.newest ?? 0
    },
    articlesChanged: async (after, limit) => {
      const rows = await db
        .selectFrom('entries')
        .select([...ARTICLE_COLUMNS, 'changed_at', 'withdrawn_at'])
        .where(ARTICLE_BY_ANOTHER_INDEX)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('changed_at', 'entry_key'), '>', tuple(after.changedAt, after.key)))
        .orderBy('changed_at')
        .orderBy('entry_key')
        .limit(limit)
        .execute()
      return rows.map(row => ({
        article: toArticle(row),
        changedAt: row.changed_at,
        key: row.entry_key,
        isWithdrawn: row.withdrawn_at !== null,
      }))
    },
    articleChanges: async since => {
      const row = await db
        .selectFrom('entries')
        .select(({ fn }) => [fn.max('changed_at').as('newest'), fn.min('published').as('oldest')])
        .where(ARTICLE_BY_ANOTHER_INDEX)
        .where('changed_at', '>=', since)
        .executeTakeFirst()
      return row?.newest == null || row.oldest == null ? undefined : { newestChange: row.newest, oldestPublished: row.oldest }
    },
    untranslated: async (outlets, limit, offset = 0) => {
      let query = db
        .selectFrom('entries')
        .selectAll()
        .where('role', '=', 'article')
        .where('withdrawn_at', 'is', null)
        .where(({ eb, not, exists }) => {
          const matched = eb.selectFrom('matches').select('matches.post_key').where('matches.state', '=', 'accepted')
          return not(exists(matched.whereRef('matches.entry_key', '=', 'entries.entry_key')))
        })
      if (outlets.length > 0) query = query.where('outlet_id', 'in', [...outlets])
      return (await query.orderBy('published', 'desc').orderBy('entry_key').limit(limit).offset(offset).execute()).map(toStoredEntry)
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

/** Maps a row to the entry it holds. */
export function toStoredEntry(row: EntryRow): StoredEntry {
  const entry = JSON.parse(row.document) as Entry
  return {
    key: row.entry_key as EntryKey,
    role: row.role,
    source: row.source_id as SourceId,
    outlet: (row.outlet_id ?? null) as OutletId | null,
    entry,
    feed: JSON.parse(row.source_metadata) as FeedMetadata,
    title: row.title,
    address: row.address ?? null,
    published: row.published,
    updated: row.updated,
    firstSeen: row.first_seen,
    contentDigest: row.content_digest,
    get plainText() {
      return row.role === 'article' ? leadOfEntry(entry) : ''
    },
    ...(row.withdrawn_at == null ? {} : { withdrawnBy: (row.withdrawn_by ?? 'source') as WithdrawnBy }),
    ...(row.facts == null ? {} : { facts: JSON.parse(row.facts) as PostFacts }),
  }
}
