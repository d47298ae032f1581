import { sql } from 'kysely'
import type { EntryKey } from '../domain/identifiers.ts'
import type { Lesson } from '../domain/lesson.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './schema.ts'

/** A linked pair from which something is to be learnt. */
export interface LinkedPair {
  readonly post: EntryKey
  readonly article: EntryKey
  /** Names the editions of both. */
  readonly digest: string
}

/** What linked pairs of posts and originals teach. */
export interface LessonStore {
  /**
   * Newest first, pairs that an address, a title, a byline or the operator links, among the newest `among` of them, whose
   * lesson is missing or was made from other editions.
   *
   * @param version of the way lessons are made
   */
  readonly wanted: (version: string, among: number, limit: number) => Promise<readonly LinkedPair[]>
  /** How many pairs are linked, up to `among`. */
  readonly linked: (among: number) => Promise<number>
  readonly put: (pair: LinkedPair, lesson: Lesson, now: Instant) => Promise<void>
  /** Forgets lessons of pairs that are not among the newest `among` linked ones any more. */
  readonly prune: (among: number) => Promise<void>
  readonly all: () => Promise<readonly Lesson[]>
  readonly count: () => Promise<number>
  /** Changes whenever a lesson does. */
  readonly stateDigest: () => Promise<string>
}

// Tiers up to here go by what a post cites or names, not by what it says.
const LINKED = 3

export function lessonStore(db: Db): LessonStore {
  return {
    wanted: async (version, among, limit) => {
      const digest = sql<string>`${`${version}:`} || linked.post_digest || ':' || linked.article_digest`
      const rows = await db
        .selectFrom(linked(db, among).as('linked'))
        .leftJoin('lessons', 'lessons.post_key', 'linked.post_key')
        .select(['linked.post_key', 'linked.article_key', digest.as('digest')])
        .where(({ or, eb }) => or([eb('lessons.digest', 'is', null), eb('lessons.digest', '!=', digest)]))
        .limit(limit)
        .execute()
      return rows.map(row => ({ post: row.post_key as EntryKey, article: row.article_key as EntryKey, digest: row.digest }))
    },
    linked: async among => {
      const row = await db
        .selectFrom(linked(db, among).as('linked'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst()
      return Number(row?.count ?? 0)
    },
    put: async ({ post, digest }, lesson, now) => {
      const row = { digest, document: JSON.stringify(lesson), changed_at: now }
      await db
        .insertInto('lessons')
        .values({ post_key: post, ...row })
        .onConflict(conflict => conflict.column('post_key').doUpdateSet(row))
        .execute()
    },
    prune: async among => {
      const current = db.selectFrom(linked(db, among).as('linked')).select('linked.post_key')
      await db.deleteFrom('lessons').where('post_key', 'not in', current).execute()
    },
    all: async () => {
      const rows = await db.selectFrom('lessons').select('document').orderBy('post_key').execute()
      return rows.map(({ document }) => JSON.parse(document) as Lesson)
    },
    count: async () => Number((await stateOf(db))?.count ?? 0),
    stateDigest: async () => {
      const state = await stateOf(db)
      return `${state?.count ?? 0}:${state?.newest ?? '-'}`
    },
  }
}

function linked(db: Db, among: number) {
  return db
    .selectFrom('matches')
    .innerJoin('entries as posts_entries', 'posts_entries.entry_key', 'matches.post_key')
    .innerJoin('entries as articles', 'articles.entry_key', 'matches.entry_key')
    .where('matches.state', '=', 'accepted')
    .where('matches.tier', '<=', LINKED)
    .where('posts_entries.withdrawn_at', 'is', null)
    .select(['matches.post_key as post_key', 'articles.entry_key as article_key'])
    .select(['posts_entries.content_digest as post_digest', 'articles.content_digest as article_digest'])
    .orderBy('posts_entries.published', 'desc')
    .orderBy('matches.post_key')
    .limit(among)
}

function stateOf(db: Db) {
  return db
    .selectFrom('lessons')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('changed_at').as('newest')])
    .executeTakeFirst()
}
