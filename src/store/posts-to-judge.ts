import { sql } from 'kysely'
import { DAY, type Instant } from '../domain/time.ts'
import { type StoredEntry, toStoredEntry } from './entry-store.ts'
import type { Db } from './schema.ts'

/** Which posts have to be judged. */
export interface PostsToJudge {
  /**
   * Entries of posts of `sources` that have not been read and judged under `judgementDigest` since they last changed, oldest
   * first, behind the one before.
   */
  readonly stale: (
    judgementDigest: string,
    sources: readonly string[],
    limit: number,
    after?: PlaceInTime,
  ) => Promise<readonly StoredEntry[]>
  /** How many posts that are. */
  readonly staleCount: (judgementDigest: string, sources: readonly string[]) => Promise<number>
  /**
   * Entries of posts that articles changed at or after `since` might settle, or settle otherwise: those not much older than
   * `oldestPublished`, unless they cite their original, and those that name one of the articles. Oldest first, behind the
   * one before.
   */
  readonly unsettled: (since: Instant, oldestPublished: Instant, limit?: number, after?: PlaceInTime) => Promise<readonly StoredEntry[]>
  /** Entries of posts whose judgement goes by what texts say, or that have none; oldest first, behind the one before. */
  readonly judgedByContent: (limit: number, after?: PlaceInTime) => Promise<readonly StoredEntry[]>
}

/** Where a post stands among others in order of time. */
type PlaceInTime = Pick<StoredEntry, 'published' | 'key'>

// A translation dated a day before its article is a time zone, not a different text.
const ORDER_TOLERANCE = 2 * DAY
// The tier of an address in the body: whatever other articles say, it stays.
const CITED = 2
const BY_CONTENT = 4

export function postsToJudge(db: Db): PostsToJudge {
  return {
    stale: async (judgementDigest, sources, limit, after) => {
      if (sources.length === 0) return []
      const rows = await stale(db, judgementDigest, sources)
        .where(isBehind(after))
        .selectAll('entries')
        .orderBy('entries.published')
        .orderBy('entries.entry_key')
        .limit(limit)
        .execute()
      return rows.map(toStoredEntry)
    },
    staleCount: async (judgementDigest, sources) => {
      if (sources.length === 0) return 0
      const row = await stale(db, judgementDigest, sources)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst()
      return Number(row?.count ?? 0)
    },
    unsettled: async (since, oldestPublished, limit = Number.MAX_SAFE_INTEGER, after) => {
      const rows = await db
        .selectFrom('entries')
        .selectAll('entries')
        .where('entry_key', 'in', unsettled(db, since, oldestPublished))
        .where(isBehind(after))
        .orderBy('entries.published')
        .orderBy('entries.entry_key')
        .limit(limit)
        .execute()
      return rows.map(toStoredEntry)
    },
    judgedByContent: async (limit, after) => {
      const rows = await db
        .selectFrom('entries')
        .innerJoin('matches', 'matches.post_key', 'entries.entry_key')
        .selectAll('entries')
        .where(({ or, eb }) => or([eb('matches.state', 'in', ['none', 'proposed']), eb('matches.tier', '=', BY_CONTENT)]))
        .where(isBehind(after))
        .orderBy('entries.published')
        .orderBy('entries.entry_key')
        .limit(limit)
        .execute()
      return rows.map(toStoredEntry)
    },
  }
}

function stale(db: Db, judgementDigest: string, sources: readonly string[]) {
  return db
    .selectFrom('entries')
    .leftJoin('posts', 'posts.post_key', 'entries.entry_key')
    .where('role', '=', 'post')
    .where('entries.source_id', 'in', [...sources])
    .where(({ or, and, eb }) =>
      or([
        // A post that is withdrawn is forgotten. Of the others this column is not read: it stands behind their documents.
        and([eb('posts.post_key', 'is', null), eb('entries.withdrawn_at', 'is', null)]),
        eb('posts.judgement_digest', '!=', sql<string>`${`${judgementDigest}:`} || entries.content_digest`),
      ]),
    )
}

/** Keys of posts; each part is found by an index of its own, and costs what it finds. */
function unsettled(db: Db, since: Instant, oldestPublished: Instant) {
  const ofItsTime = db
    .selectFrom('posts')
    .innerJoin('matches', 'matches.post_key', 'posts.post_key')
    .select('posts.post_key')
    .where('posts.published', '>=', oldestPublished - ORDER_TOLERANCE)
    .where(({ or, eb }) => or([eb('matches.state', 'in', ['none', 'proposed']), eb('matches.tier', '!=', CITED)]))
  // On a title the post states, by an article nobody has shown yet.
  const byTitleAlone = db
    .selectFrom('matches')
    .select('post_key')
    .where('state', '=', 'accepted')
    .where('entry_key', 'is', null)
    .where('address', 'is', null)
  // Said this way, as SQLite would rather go through all articles than through what changed.
  const changed = db.selectFrom('entries as articles').where('articles.role', '!=', 'post').where('articles.changed_at', '>=', since)
  const byAddress = changed.innerJoin('matches', 'matches.address', 'articles.address').select('matches.post_key')
  const byKey = changed.innerJoin('matches', 'matches.entry_key', 'articles.entry_key').select('matches.post_key')
  return ofItsTime.unionAll(byTitleAlone).unionAll(byAddress).unionAll(byKey)
}

function isBehind(place: PlaceInTime | undefined) {
  if (place === undefined) return sql<boolean>`true`
  return sql<boolean>`(entries.published, entries.entry_key) > (${place.published}, ${place.key})`
}
