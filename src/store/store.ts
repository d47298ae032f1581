import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { AppError } from '../domain/app-error.ts'
import { type ArchiveStore, archiveStore } from './archive-store.ts'
import { type EntryStore, entryStore } from './entry-store.ts'
import { type HubStore, hubStore } from './hub-store.ts'
import { type IncidentStore, incidentStore } from './incident-store.ts'
import { type LessonStore, lessonStore } from './lesson-store.ts'
import { type MatchStore, matchStore } from './match-store.ts'
import { migrations } from './migrations.ts'
import { type MovedSlugStore, movedSlugStore } from './moved-slug-store.ts'
import { openSqlite } from './node-sqlite.ts'
import { type NoticeStore, noticeStore } from './notice-store.ts'
import { type PageStore, pageStore } from './page-store.ts'
import { type PostStore, postStore } from './post-store.ts'
import { type PublicationStore, publicationStore } from './publication-store.ts'
import type { Db, Tables } from './schema.ts'
import { type SourceStore, sourceStore, stateWriter } from './source-store.ts'
import { type SubscriptionStore, subscriptionStore } from './subscription-store.ts'
import { writeTogether } from './write-together.ts'

/** Everything that is remembered between polls, by what it is about. */
export interface Store extends AsyncDisposable {
  readonly sources: SourceStore
  readonly entries: EntryStore
  readonly posts: PostStore
  readonly matches: MatchStore
  readonly publications: PublicationStore
  readonly archives: ArchiveStore
  readonly movedSlugs: MovedSlugStore
  readonly pages: PageStore
  readonly notices: NoticeStore
  readonly incidents: IncidentStore
  readonly lessons: LessonStore
  readonly subscriptions: SubscriptionStore
  readonly hub: HubStore
}

/**
 * Opens the store, making the file and its folder where they are missing and bringing an older schema up to date.
 * Several processes may have it open.
 *
 * @throws AppError `store-unusable` when the file cannot be opened or is no database
 */
export async function openStore(file: string): Promise<Store> {
  const db = await open(file)
  const write = writeTogether(db)
  const saveState = stateWriter()
  return {
    sources: sourceStore(db, write, saveState),
    entries: entryStore(db, write, saveState),
    posts: postStore(db),
    matches: matchStore(db),
    publications: publicationStore(db),
    archives: archiveStore(db),
    movedSlugs: movedSlugStore(db),
    pages: pageStore(db),
    notices: noticeStore(db),
    incidents: incidentStore(db),
    lessons: lessonStore(db),
    subscriptions: subscriptionStore(db),
    hub: hubStore(db),
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

async function open(file: string): Promise<Db> {
  let db: Db | undefined
  try {
    await mkdir(dirname(file), { recursive: true })
    db = new Kysely<Tables>({ dialect: openSqlite(file) })
    await migrate(db)
    return db
  } catch (cause) {
    await db?.destroy()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('store-unusable', `${file}: expected a database file that can be written, got: ${reason}`, { cause })
  }
}

/** Brings the schema up to date, whole or not at all: a process that dies in between, or one that opens at once, finds it as it was. */
async function migrate(db: Db): Promise<void> {
  const migrator = (on: Db) => new Migrator({ db: on, provider: { getMigrations: async () => ({ ...migrations }) } })
  // Where there is nothing to do, no lock is taken: a status is shown while the daemon writes.
  const isCurrent = (await migrator(db).getMigrations()).every(({ executedAt }) => executedAt !== undefined)
  if (isCurrent) return
  await db.transaction().execute(async trx => {
    const { error } = await migrator(trx).migrateToLatest()
    if (error !== undefined) throw error
  })
}
