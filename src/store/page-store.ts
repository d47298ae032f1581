import { sql } from 'kysely'
import type { EntryKey, OutletId } from '../domain/identifiers.ts'
import type { Judgement } from '../domain/match.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** What is known of a published post without reading it. */
export interface CataloguedPost {
  readonly key: EntryKey
  readonly published: Instant
  readonly updated: Instant
  /** Another one whenever the post, its judgement or the article it is matched with may read otherwise. */
  readonly stamp: string
  /** `none` is also what an operator has rejected. */
  readonly match: 'accepted' | 'proposed' | 'none'
  /** Null where there is no accepted match, or none whose outlet is known. */
  readonly translation: AcceptedTranslation | null
  readonly labels: readonly string[]
  /** Those it names or translates. */
  readonly outlets: readonly OutletId[]
}

/** An accepted match of a known outlet, as far as counting needs it. */
export interface AcceptedTranslation {
  readonly outlet: OutletId
  /** Null while no polled feed has shown the article. */
  readonly article: EntryKey | null
  readonly articlePublished: Instant | null
}

/** Questions that the pages ask about all posts at once. */
export interface PageStore {
  /** Every post that is published, oldest first. */
  readonly catalogue: () => Promise<readonly CataloguedPost[]>
  /** How many articles of each outlet are known. */
  readonly articleCounts: () => Promise<ReadonlyMap<OutletId, number>>
}

export function pageStore(db: Db): PageStore {
  // An edit changes one post of thousands: the others are taken from the time before.
  let kept: ReadonlyMap<string, CataloguedPost> = new Map()
  return {
    catalogue: async () => {
      const stamps = await stampRows(db)
      const changed = new Set(stamps.filter(row => kept.get(row.post_key)?.stamp !== stampOf(row)).map(keyOf))
      const read = await postsIn(db, [...changed])
      const catalogue = stamps.flatMap(({ post_key }) => (changed.has(post_key) ? read : kept).get(post_key) ?? [])
      kept = new Map(catalogue.map(post => [post.key, post]))
      return catalogue
    },
    articleCounts: async () => {
      const rows = await db
        .selectFrom('entries')
        .select(({ fn }) => ['outlet_id', fn.countAll<number>().as('count')])
        .where('role', '=', 'article')
        .groupBy('outlet_id')
        .execute()
      return new Map(rows.flatMap(({ outlet_id, count }) => (outlet_id === null ? [] : [[outlet_id as OutletId, Number(count)] as const])))
    },
  }
}

function keyOf(row: { readonly post_key: string }): string {
  return row.post_key
}

function stampOf(row: {
  readonly judgement_digest: string
  readonly judged_at: number
  readonly article_changed_at: number | null
}): string {
  return `${row.judgement_digest}:${row.judged_at}:${row.article_changed_at ?? ''}`
}

function published(db: Db) {
  return db
    .selectFrom('posts')
    .innerJoin('matches', 'matches.post_key', 'posts.post_key')
    .leftJoin('entries as articles', 'articles.entry_key', 'matches.entry_key')
    .where('posts.is_taken', '=', 1)
    .select(['posts.post_key', 'posts.judgement_digest', 'matches.judged_at', 'articles.changed_at as article_changed_at'])
}

function stampRows(db: Db) {
  return published(db).orderBy('posts.published').orderBy('posts.post_key').execute()
}

/** Reads the posts of these keys that are published. */
async function postsIn(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, CataloguedPost>> {
  const read = new Map<string, CataloguedPost>()
  for (const chunk of chunks(keys)) {
    const labels = Map.groupBy(
      await db.selectFrom('post_labels').selectAll().where('post_key', 'in', chunk).orderBy('post_key').orderBy('label').execute(),
      keyOf,
    )
    const outlets = Map.groupBy(await db.selectFrom('post_outlets').selectAll().where('post_key', 'in', chunk).execute(), keyOf)
    for (const row of await postRows(db, chunk))
      read.set(row.post_key, {
        key: row.post_key as EntryKey,
        published: row.published,
        updated: row.updated,
        stamp: stampOf(row),
        match: row.state === 'accepted' || row.state === 'proposed' ? row.state : 'none',
        translation: translationOf(row),
        labels: (labels.get(row.post_key) ?? []).map(({ label }) => label),
        outlets: (outlets.get(row.post_key) ?? []).map(({ outlet_id }) => outlet_id as OutletId),
      })
  }
  return read
}

function postRows(db: Db, keys: readonly string[]) {
  return (
    published(db)
      .where('posts.post_key', 'in', [...keys])
      .select(['posts.published', 'posts.updated', 'matches.state', 'matches.entry_key'])
      .select(['articles.outlet_id', 'articles.published as article_published'])
      // The outlet of an article that nobody has shown stands in the judgement alone.
      .select(sql<string | null>`case when articles.entry_key is null and state = 'accepted' then matches.document end`.as('document'))
      .execute()
  )
}

function translationOf(row: Awaited<ReturnType<typeof postRows>>[number]): AcceptedTranslation | null {
  const outlet = row.state === 'accepted' ? ((row.outlet_id ?? outletOf(row.document)) as OutletId | null) : null
  if (outlet === null) return null
  const article = row.article_published === null ? null : (row.entry_key as EntryKey | null)
  return { outlet, article, articlePublished: row.article_published }
}

function outletOf(document: string | null): OutletId | null {
  const judgement = document === null ? undefined : (JSON.parse(document) as Judgement)
  return judgement?.kind === 'match' ? judgement.match.original.outlet : null
}
