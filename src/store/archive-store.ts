import { sql } from 'kysely'
import type { EntryKey, Slug } from '../domain/identifiers.ts'
import type { Instant } from '../domain/time.ts'
import { insertEach } from './row-batch.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** A post that a feed has carried and that is no more. */
export interface WithdrawnPost {
  readonly slug: Slug
  readonly key: EntryKey
  /** The id it had at home. */
  readonly id: string
  readonly withdrawnAt: Instant
}

/** Which posts each feed has carried, and in which of its archives they are. */
export interface ArchiveStore {
  /** By feed and post: the number of the archive, from 1 on; 0 for a post that only the feed's own document has carried. */
  readonly pages: () => Promise<ReadonlyMap<Slug, ReadonlyMap<EntryKey, number>>>
  /** Notes what feeds carry. A post that is in an archive stays in it, whatever is noted later. */
  readonly keep: (slug: Slug, pages: ReadonlyMap<EntryKey, number>) => Promise<void>
  /** Gives one feed what is noted of another, but for posts of which something is noted already. */
  readonly move: (from: Slug, to: Slug) => Promise<void>
  /**
   * Posts that feeds have carried and that were withdrawn at or after `since`, latest first. One whose id another source
   * still has is not gone.
   */
  readonly withdrawn: (since: Instant) => Promise<readonly WithdrawnPost[]>
}

export function archiveStore(db: Db): ArchiveStore {
  return {
    pages: async () => {
      const bySlug = new Map<Slug, Map<EntryKey, number>>()
      for (const { slug, entry_key, page } of await db.selectFrom('archive_pages').selectAll().orderBy('slug').execute()) {
        const pages = bySlug.get(slug as Slug) ?? new Map<EntryKey, number>()
        bySlug.set(slug as Slug, pages.set(entry_key as EntryKey, page))
      }
      return bySlug
    },
    keep: async (slug, pages) => {
      const rows = [...pages].map(([entry_key, page]) => ({ slug, entry_key, page }))
      if (rows.length === 0) return
      await db.transaction().execute(async trx => {
        await insertEach(trx, rows, first =>
          trx
            .insertInto('archive_pages')
            .values(first)
            .onConflict(conflict =>
              conflict
                .columns(['slug', 'entry_key'])
                .doUpdateSet(({ ref }) => ({ page: ref('excluded.page') }))
                .where(sql<boolean>`archive_pages.page = 0`),
            ),
        )
      })
    },
    move: (from, to) =>
      db.transaction().execute(async trx => {
        const there = trx.selectFrom('archive_pages').select('entry_key').where('slug', '=', to)
        await trx.updateTable('archive_pages').set({ slug: to }).where('slug', '=', from).where('entry_key', 'not in', there).execute()
        await trx.deleteFrom('archive_pages').where('slug', '=', from).execute()
      }),
    withdrawn: async since => {
      const rows = await db
        .selectFrom('entries')
        .innerJoin('archive_pages', 'archive_pages.entry_key', 'entries.entry_key')
        .select(['archive_pages.slug', 'entries.entry_key', 'entries.entry_id', 'entries.withdrawn_at'])
        .where('entries.withdrawn_at', '>=', since)
        // As equality, SQLite would go through every post by its time rather than through what is withdrawn.
        .where('entries.role', '!=', 'article')
        .orderBy('entries.withdrawn_at', 'desc')
        .orderBy('entries.entry_key')
        .execute()
      const alive = new Set<string>()
      for (const chunk of chunks([...new Set(rows.map(row => row.entry_id))])) {
        const query = db.selectFrom('entries').select('entry_id').where('entry_id', 'in', chunk).where('withdrawn_at', 'is', null)
        for (const row of await query.where('role', '=', 'post').execute()) alive.add(row.entry_id)
      }
      return rows.flatMap(({ slug, entry_key, entry_id, withdrawn_at }) =>
        withdrawn_at === null || alive.has(entry_id)
          ? []
          : [{ slug: slug as Slug, key: entry_key as EntryKey, id: entry_id, withdrawnAt: withdrawn_at }],
      )
    },
  }
}
