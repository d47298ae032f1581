import type { Transaction } from 'kysely'
import type { EntryKey, OutletId } from '../domain/identifiers.ts'
import type { Judgement } from '../domain/match.ts'
import type { Post } from '../domain/post.ts'
import { outletsOf } from '../domain/post-outlets.ts'
import type { Instant } from '../domain/time.ts'
import { type StoredEntry, toStoredEntry } from './entry-store.ts'
import { type PostToPublish, postsToPublish } from './post-to-publish.ts'
import { type PostsToJudge, postsToJudge } from './posts-to-judge.ts'
import type { Db, Tables } from './schema.ts'
import { chunks } from './source-store.ts'

/** A post with what was judged of it and the entry it was read from. */
export interface JudgedPost {
  readonly post: Post
  readonly judgement: Judgement
  readonly entry: StoredEntry
}

/** A post to store. */
export interface FreshlyJudged {
  readonly entry: StoredEntry
  readonly post: Post
  readonly judgement: Judgement
  /** Its source takes posts with its labels; others are kept for `explain`, and published nowhere. */
  readonly isTaken: boolean
}

/** Posts as they were read and judged. */
export interface PostStore extends PostsToJudge {
  /** Stores posts with their judgements; returns how many of them differ from what was stored. */
  readonly save: (posts: readonly FreshlyJudged[], judgementDigest: string, now: Instant) => Promise<number>
  /** Forgets posts whose source is no longer configured; their entries stay. */
  readonly dropOtherSources: (sources: readonly string[]) => Promise<number>
  /** Every label with the number of its posts. */
  readonly labels: () => Promise<readonly { readonly label: string; readonly count: number }[]>
  /** Every outlet that posts name or translate, with the number of these posts. */
  readonly outlets: () => Promise<readonly { readonly outlet: OutletId; readonly count: number }[]>
  /** Posts newest first; with `anyLabel` those that carry at least one of them, with `anyOutlet` those that name or translate one. */
  readonly newest: (page: {
    readonly anyLabel: readonly string[]
    readonly anyOutlet?: readonly OutletId[]
    readonly limit: number
    readonly offset: number
  }) => Promise<readonly JudgedPost[]>
  readonly byKey: (key: EntryKey) => Promise<JudgedPost | undefined>
  /** As they are published, in no particular order; unknown keys are passed over. @param withHtml without it, `html` is empty */
  readonly toPublish: (keys: readonly EntryKey[], withHtml: boolean) => Promise<readonly PostToPublish[]>
  /** Posts whose accepted or proposed match names the article. */
  readonly translationsOf: (entry: EntryKey, address: string | null) => Promise<readonly JudgedPost[]>
}

export function postStore(db: Db): PostStore {
  const judged = () =>
    db
      .selectFrom('posts')
      .innerJoin('matches', 'matches.post_key', 'posts.post_key')
      .innerJoin('entries', 'entries.entry_key', 'posts.post_key')
      .selectAll('entries')
      .select(['posts.document as post_document', 'matches.document as match_document'])
  return {
    ...postsToJudge(db),
    save: (posts, judgementDigest, now) => save(db, posts, judgementDigest, now),
    dropOtherSources: sources =>
      db.transaction().execute(async trx => {
        let gone = trx.selectFrom('posts').select('post_key')
        if (sources.length > 0) gone = gone.where('source_id', 'not in', [...sources])
        const keys = (await gone.execute()).map(row => row.post_key)
        for (const chunk of chunks(keys)) {
          await trx.deleteFrom('matches').where('post_key', 'in', chunk).execute()
          await trx.deleteFrom('post_labels').where('post_key', 'in', chunk).execute()
          await trx.deleteFrom('post_outlets').where('post_key', 'in', chunk).execute()
          await trx.deleteFrom('posts').where('post_key', 'in', chunk).execute()
        }
        return keys.length
      }),
    labels: async () => {
      const rows = await db
        .selectFrom('post_labels')
        .select(({ fn }) => ['label', fn.countAll<number>().as('count')])
        .groupBy('label')
        .orderBy('label')
        .execute()
      return rows.map(({ label, count }) => ({ label, count: Number(count) }))
    },
    outlets: async () => {
      const rows = await db
        .selectFrom('post_outlets')
        .select(({ fn }) => ['outlet_id', fn.countAll<number>().as('count')])
        .groupBy('outlet_id')
        .orderBy('outlet_id')
        .execute()
      return rows.map(({ outlet_id, count }) => ({ outlet: outlet_id as OutletId, count: Number(count) }))
    },
    newest: async ({ anyLabel, anyOutlet = [], limit, offset }) => {
      let query = judged().where('posts.is_taken', '=', 1)
      if (anyLabel.length > 0) {
        query = query.where('posts.post_key', 'in', ({ selectFrom }) =>
          selectFrom('post_labels')
            .select('post_key')
            .where('label', 'in', [...anyLabel]),
        )
      }
      if (anyOutlet.length > 0) {
        query = query.where('posts.post_key', 'in', ({ selectFrom }) =>
          selectFrom('post_outlets')
            .select('post_key')
            .where('outlet_id', 'in', [...anyOutlet]),
        )
      }
      const rows = await query.orderBy('posts.published', 'desc').orderBy('posts.post_key').limit(limit).offset(offset).execute()
      return rows.map(toJudgedPost)
    },
    byKey: async key => {
      const row = await judged().where('posts.post_key', '=', key).executeTakeFirst()
      return row === undefined ? undefined : toJudgedPost(row)
    },
    toPublish: (keys, withHtml) => postsToPublish(db, keys, withHtml),
    translationsOf: async (entry, address) => {
      const rows = await judged()
        .where('posts.is_taken', '=', 1)
        .where('matches.state', 'in', ['accepted', 'proposed'])
        .where(({ or, eb }) =>
          or([eb('matches.entry_key', '=', entry), ...(address === null ? [] : [eb('matches.address', '=', address)])]),
        )
        .orderBy('posts.published')
        .execute()
      return rows.map(toJudgedPost)
    },
  }
}

function toJudgedPost(
  row: Parameters<typeof toStoredEntry>[0] & { readonly post_document: string; readonly match_document: string },
): JudgedPost {
  return {
    entry: toStoredEntry(row),
    post: JSON.parse(row.post_document) as Post,
    judgement: JSON.parse(row.match_document) as Judgement,
  }
}

async function save(db: Db, posts: Parameters<PostStore['save']>[0], judgementDigest: string, now: Instant): Promise<number> {
  let differing = 0
  for (const chunk of chunks(posts, 100)) {
    await db.transaction().execute(async trx => {
      const keys = chunk.map(({ post }) => post.key)
      const stored = await trx.selectFrom('matches').select(['post_key', 'document']).where('post_key', 'in', keys).execute()
      const before = new Map(stored.map(row => [row.post_key, row.document]))
      const judgedAt = await judgementStamp(trx, now)
      await trx.deleteFrom('post_labels').where('post_key', 'in', keys).execute()
      await trx.deleteFrom('post_outlets').where('post_key', 'in', keys).execute()
      for (const { entry, post, judgement, isTaken } of chunk) {
        const row = {
          source_id: post.source,
          published: post.published,
          updated: post.updated,
          judgement_digest: `${judgementDigest}:${entry.contentDigest}`,
          is_taken: isTaken ? 1 : 0,
          document: JSON.stringify(post),
        }
        await trx
          .insertInto('posts')
          .values({ post_key: post.key, ...row })
          .onConflict(conflict => conflict.column('post_key').doUpdateSet(row))
          .execute()
        for (const label of isTaken ? post.labels : [])
          await trx
            .insertInto('post_labels')
            .values({ post_key: post.key, label })
            .onConflict(c => c.doNothing())
            .execute()
        for (const outlet_id of isTaken ? outletsOf(post, judgement) : [])
          await trx.insertInto('post_outlets').values({ post_key: post.key, outlet_id }).execute()
        const match = matchRow(judgement, judgedAt)
        if (before.get(post.key) === match.document) continue
        differing++
        await trx
          .insertInto('matches')
          .values({ post_key: post.key, ...match })
          .onConflict(conflict => conflict.column('post_key').doUpdateSet(match))
          .execute()
      }
    })
  }
  return differing
}

/** Later than every judgement before it, whatever the clock says: a newer one always shows. */
async function judgementStamp(trx: Transaction<Tables>, now: Instant): Promise<Instant> {
  const row = await trx
    .selectFrom('matches')
    .select(({ fn }) => fn.max('judged_at').as('newest'))
    .executeTakeFirst()
  return Math.max(now, (row?.newest ?? 0) + 1)
}

function matchRow(judgement: Judgement, judged_at: Instant) {
  const document = JSON.stringify(judgement)
  if (judgement.kind === 'none') return { state: 'none', entry_key: null, address: null, tier: null, score: null, document, judged_at }
  const { state, original, tier, score } = judgement.match
  return { state, entry_key: original.entry, address: original.address, tier, score, document, judged_at }
}
