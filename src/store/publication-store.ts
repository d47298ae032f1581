import type { Slug } from '../domain/identifiers.ts'
import type { Instant } from '../domain/time.ts'
import { type Publication, publicationRegister } from './publication-register.ts'
import { insertEach } from './row-batch.ts'
import type { Db } from './schema.ts'
import { chunks } from './source-store.ts'

/** What has been published, and HTML that was sanitised once. */
export interface PublicationStore {
  readonly all: () => Promise<ReadonlyMap<string, Publication>>
  readonly record: (publications: readonly Publication[], now: Instant) => Promise<void>
  readonly forget: (paths: readonly string[]) => Promise<void>
  /** Changes whenever anything did that a published document could show. */
  readonly stateDigest: () => Promise<string>
  /** The slug each label was given when it was first published. */
  readonly labelSlugs: () => Promise<ReadonlyMap<string, Slug>>
  readonly keepLabelSlugs: (slugs: ReadonlyMap<string, Slug>) => Promise<void>
  /** Sanitised HTML by the digest of what it was made from. */
  readonly sanitized: (digests: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly keepSanitized: (html: ReadonlyMap<string, string>) => Promise<void>
  /** Forgets sanitised HTML that nothing published is made from any more. */
  readonly pruneSanitized: (used: ReadonlySet<string>) => Promise<void>
}

export function publicationStore(db: Db): PublicationStore {
  const register = publicationRegister(db)
  return {
    all: register.all,
    record: (publications, now) =>
      register.change(
        async trx => {
          const rows = publications.map(({ path, inputDigest, byteDigest, entries }) => {
            return { path, input_digest: inputDigest, byte_digest: byteDigest, entries, written_at: now }
          })
          await insertEach(trx, rows, first =>
            trx
              .insertInto('publications')
              .values(first)
              .onConflict(conflict =>
                conflict.column('path').doUpdateSet(({ ref }) => ({
                  input_digest: ref('excluded.input_digest'),
                  byte_digest: ref('excluded.byte_digest'),
                  entries: ref('excluded.entries'),
                  written_at: ref('excluded.written_at'),
                })),
              ),
          )
        },
        known => {
          for (const { path, inputDigest, byteDigest, entries } of publications) known.set(path, { path, inputDigest, byteDigest, entries })
        },
      ),
    forget: paths =>
      register.change(
        async trx => {
          for (const chunk of chunks(paths)) await trx.deleteFrom('publications').where('path', 'in', chunk).execute()
        },
        known => {
          for (const path of paths) known.delete(path)
        },
      ),
    stateDigest: async () => {
      const entries = await db
        .selectFrom('entries')
        .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('changed_at').as('newest')])
        .executeTakeFirst()
      const matches = await db
        .selectFrom('matches')
        .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('judged_at').as('newest')])
        .executeTakeFirst()
      const posts = await db
        .selectFrom('posts')
        .select(({ fn }) => [
          fn.countAll<number>().as('count'),
          fn.sum<number>('is_taken').as('taken'),
          fn.max('judgement_digest').as('judged'),
        ])
        .executeTakeFirst()
      return [entries?.count, entries?.newest, matches?.count, matches?.newest, posts?.count, posts?.taken, posts?.judged]
        .map(value => value ?? '-')
        .join(':')
    },
    labelSlugs: async () => {
      const rows = await db.selectFrom('label_slugs').selectAll().execute()
      return new Map(rows.map(({ label, slug }) => [label, slug as Slug]))
    },
    keepLabelSlugs: slugs =>
      db.transaction().execute(async trx => {
        const rows = [...slugs].map(([label, slug]) => ({ label, slug }))
        await insertEach(trx, rows, first =>
          trx
            .insertInto('label_slugs')
            .values(first)
            .onConflict(conflict => conflict.doNothing()),
        )
      }),
    pruneSanitized: async used => {
      const rows = await db.selectFrom('sanitized').select('digest').execute()
      const unused = rows.map(row => row.digest).filter(digest => !used.has(digest))
      for (const chunk of chunks(unused)) await db.deleteFrom('sanitized').where('digest', 'in', chunk).execute()
    },
    sanitized: async digests => {
      const found = new Map<string, string>()
      for (const chunk of chunks(digests)) {
        const rows = await db.selectFrom('sanitized').select(['digest', 'html']).where('digest', 'in', chunk).execute()
        for (const row of rows) found.set(row.digest, row.html)
      }
      return found
    },
    keepSanitized: html =>
      db.transaction().execute(async trx => {
        const rows = [...html].map(([digest, text]) => ({ digest, html: text }))
        await insertEach(trx, rows, first =>
          trx
            .insertInto('sanitized')
            .values(first)
            .onConflict(conflict => conflict.doNothing()),
        )
      }),
  }
}
