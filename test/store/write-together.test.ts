import { join } from 'node:path'
import { Kysely } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openSqlite } from '../../src/store/node-sqlite.ts'
import type { Tables } from '../../src/store/schema.ts'
import { openStore } from '../../src/store/store.ts'
import { writeTogether } from '../../src/store/write-together.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'

async function openDatabase(): Promise<Kysely<Tables>> {
  const file = join(await temporaryFolder(), 'state.db')
  await (await openStore(file))[Symbol.asyncDispose]()
  const db = new Kysely<Tables>({ dialect: openSqlite(file) })
  atEnd(() => db.destroy())
  return db
}

describe('writeTogether', () => {
  it('stores what is written at once, and gives each caller its own result', async () => {
    const db = await openDatabase()
    const write = writeTogether(db)
    const put = (name: string) =>
      write(async trx => {
        await trx.insertInto('notices').values({ name, document: '1', at: 0 }).execute()
        return name
      })
    expect(await Promise.all(['a', 'b', 'c'].map(put))).toEqual(['a', 'b', 'c'])
    expect((await db.selectFrom('notices').selectAll().execute()).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('undoes one that fails half-way and keeps the others', async () => {
    const db = await openDatabase()
    const write = writeTogether(db)
    const put = (name: string, isBroken: boolean) =>
      write(async trx => {
        await trx.insertInto('notices').values({ name, document: '1', at: 0 }).execute()
        if (isBroken) throw new Error(`${name} is broken`)
      })
    const results = await Promise.allSettled([put('a', false), put('b', true), put('c', false)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await db.selectFrom('notices').selectAll().execute()).map(({ name }) => name)).toEqual(['a', 'c'])
  })

  it('tells nobody that it is stored before it is', async () => {
    const db = await openDatabase()
    const write = writeTogether(db)
    const first = write(trx => trx.insertInto('notices').values({ name: 'a', document: '1', at: 0 }).execute(), true)
    const later = write(async () => 'done')
    await first
    const other = await db.selectFrom('notices').selectAll().execute()
    expect(other).toHaveLength(1)
    expect(await later).toBe('done')
  })

  it('fails everybody when the database is closed', async () => {
    const db = await openDatabase()
    const write = writeTogether(db)
    await write(async () => 0)
    await db.destroy()
    const results = await Promise.allSettled([write(async () => 1), write(async () => 2)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
