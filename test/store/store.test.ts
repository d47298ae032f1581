import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { anIncoming, NOW, poll } from './samples.ts'

const POLL_BESIDE = join(import.meta.dirname, 'poll-beside.ts')
const runNode = promisify(execFile)

function schemaOf(file: string): unknown {
  using database = new DatabaseSync(file)
  return [
    database.prepare('select type, name, sql from sqlite_schema order by name').all(),
    database.prepare('select * from kysely_migration').all(),
  ]
}

describe('openStore', () => {
  it('makes the file and its folder', async () => {
    const file = join(await temporaryFolder(), 'deep', 'down', 'store.db')
    await using store = await openStore(file)
    expect(await store.entries.counts()).toEqual({ articles: 0, posts: 0 })
  })

  it('changes nothing in a file that is up to date', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    {
      await using store = await openStore(file)
      await poll(store, [anIncoming('1')])
    }
    const before = schemaOf(file)
    await using again = await openStore(file)
    expect(schemaOf(file)).toEqual(before)
    expect(await again.entries.counts()).toEqual({ articles: 0, posts: 1 })
  })

  it('refuses a file that is no database, and leaves it alone', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    await writeFile(file, 'これはデータベースではない。'.repeat(100))
    await expect(openStore(file)).rejects.toMatchObject({ code: 'store-unusable', message: expect.stringContaining(file) })
    expect(await readFile(file, 'utf8')).toContain('これはデータベースではない。')
  })

  it('refuses a folder, and a path through a file', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'store.db'))
    await writeFile(join(folder, 'file'), '')
    await expect(openStore(join(folder, 'store.db'))).rejects.toMatchObject({ code: 'store-unusable' })
    await expect(openStore(join(folder, 'file', 'store.db'))).rejects.toMatchObject({ code: 'store-unusable' })
  })

  it('leaves a file as it was when its schema cannot be brought up to date', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    {
      using database = new DatabaseSync(file)
      database.exec('create table notices (other text)')
    }
    await expect(openStore(file)).rejects.toMatchObject({ code: 'store-unusable' })
    using database = new DatabaseSync(file)
    expect(database.prepare("select name from sqlite_schema where type = 'table'").all()).toMatchObject([{ name: 'notices' }])
  })

  it('lets processes open a new file, write and read at once without losing anything', async () => {
    const file = join(await temporaryFolder(), 'store.db')
    const others = ['a', 'b'].map(name => runNode(process.execPath, [POLL_BESIDE, file, name, '60'], { timeout: 15_000 }))
    await using store = await openStore(file)
    for (let index = 0; index < 60; index++) {
      await poll(store, [anIncoming(`own-${index}`)], { at: NOW })
      await store.posts.stale('config', ['blog'], 5)
    }
    await Promise.all(others)
    expect(await store.entries.counts()).toEqual({ articles: 120, posts: 60 })
  })
})
