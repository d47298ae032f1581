import type { Slug } from '../domain/identifiers.ts'
import type { Instant } from '../domain/time.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** Slugs under which feeds were published that now have another one, or are no more. */
export interface MovedSlugStore {
  /** The slug of today by the former one; null where the feed is no more. */
  readonly all: () => Promise<ReadonlyMap<Slug, Slug | null>>
  /** Notes what became of slugs. Whatever had moved to one of them goes the same way. */
  readonly note: (moves: ReadonlyMap<Slug, Slug | null>, now: Instant) => Promise<void>
  /** Forgets slugs under which there is a feed again. */
  readonly forget: (slugs: readonly Slug[]) => Promise<void>
}

export function movedSlugStore(db: Db): MovedSlugStore {
  return {
    all: async () => {
      const rows = await db.selectFrom('moved_slugs').select(['slug', 'moved_to']).orderBy('slug').execute()
      return new Map(rows.map(row => [row.slug as Slug, row.moved_to as Slug | null]))
    },
    note: (moves, now) =>
      db.transaction().execute(async trx => {
        for (const [slug, movedTo] of moves) {
          const row = { moved_to: movedTo, moved_at: now }
          await trx.updateTable('moved_slugs').set(row).where('moved_to', '=', slug).execute()
          await trx
            .insertInto('moved_slugs')
            .values({ slug, ...row })
            .onConflict(conflict => conflict.column('slug').doUpdateSet(row))
            .execute()
        }
      }),
    forget: async slugs => {
      for (const chunk of chunks(slugs)) await db.deleteFrom('moved_slugs').where('slug', 'in', chunk).execute()
    },
  }
}
