import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '../../src/store/migrations.ts'
import { openSqlite } from '../../src/store/node-sqlite.ts'
import type { Tables } from '../../src/store/schema.ts'

/** Makes a state file as an earlier version left it: with the migrations up to `last` and what `fill` puts in. */
export async function earlierState(file: string, last: string, fill: (db: Kysely<Tables>) => Promise<unknown>): Promise<void> {
  const db = new Kysely<Tables>({ dialect: openSqlite(file) })
  const known = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => known } }).migrateToLatest()
  if (error !== undefined) throw error
  await fill(db)
  await db.destroy()
}
