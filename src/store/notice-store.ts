import type { Instant } from '../domain/time.ts'
import type { Db } from './schema.ts'

/** What one process leaves for others to read: the daemon's heartbeat, a rejected config, how far matching has come. */
export interface NoticeStore {
  readonly put: (name: string, document: unknown, at: Instant) => Promise<void>
  /** The document as it was put, with when; undefined when there is none. */
  readonly get: (name: string) => Promise<{ readonly document: unknown; readonly at: Instant } | undefined>
  readonly remove: (name: string) => Promise<void>
}

export function noticeStore(db: Db): NoticeStore {
  return {
    put: async (name, document, at) => {
      const row = { document: JSON.stringify(document), at }
      await db
        .insertInto('notices')
        .values({ name, ...row })
        .onConflict(conflict => conflict.column('name').doUpdateSet(row))
        .execute()
    },
    get: async name => {
      const row = await db.selectFrom('notices').selectAll().where('name', '=', name).executeTakeFirst()
      return row === undefined ? undefined : { document: JSON.parse(row.document) as unknown, at: row.at }
    },
    remove: async name => {
      await db.deleteFrom('notices').where('name', '=', name).execute()
    },
  }
}
