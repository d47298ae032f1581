import type { EntryKey, Slug } from '../domain/identifiers.ts'
import type { Instant } from '../domain/time.ts'
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
  /** By key: the number of the archive, from 1 on; 0 for a post that only the feed's own document has carried. */
  readonly pages: (slug: Slug) => Promise<ReadonlyMap<EntryKey, number>>
  /** Notes what feeds carry. A post that is in an archive stays in it, whatever is noted later. */
  readonly keep: (slug: Slug, pages: ReadonlyMap<EntryKey, number>) => Promise<void>
  /**
   * Posts that feeds have carried and that were withdrawn at or after `since`, latest first. One whose id another source
   * still has is not gone.
   */
  readonly withdrawn: (since: Instant) => Promise<readonly WithdrawnPost[]>
}

export function archiveStore(db: Db): ArchiveStore {
  return {
    pages: async slug => {
      const rows = await db.selectFrom('archive_pages').select(['entry_key', 'page']).where('slug', '=', slug).execute()
      return new Map(rows.map(row => [row.entry_key as EntryKey, row.page]))
    },
    keep: (slug, pages) =>
      db.transaction().execute(async trx => {
        for (const [entry_key, page] of pages) {
          await trx
            .insertInto('archive_pages')
            .values({ slug, entry_key, page })
            .onConflict(conflict => conflict.columns(['slug', 'entry_key']).doUpdateSet({ page }).where('archive_pages.page', '=', 0))
            .execute()
        }
      }),
    withdrawn: async since => {
      const rows = await db
        .selectFrom('entries')
        .innerJoin('archive_pages', 'archive_pages.entry_key', 'entries.entry_key')
        .select(['archive_pages.slug', 'entries.entry_key', 'entries.entry_id', 'entries.withdrawn_at'])
        .where('entries.withdrawn_at', '>=', since)
        .where('entries.role', '=', 'post')
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
