import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import { DAY } from '../../src/domain/time.ts'
import { fragmentCache } from '../../src/pipeline/fragment-cache.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { noMemberships } from '../../src/pipeline/known-memberships.ts'
import { matchPosts } from '../../src/pipeline/match-posts.ts'
import type { PublishDeps, PublishReport } from '../../src/pipeline/publish-deps.ts'
import { filesIn } from '../support/temp-folder.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'
import { BLOG } from './publishing.ts'
import { START } from './start.ts'

const NOBODY = { authors: [], contributors: [], categories: [], links: [] }
const LABELS = ['外交', '軍事', '歴史', '経済']
const POSTS = 48
const SETTINGS: Partial<PublishDeps> = { limit: 5, archiveSize: 5, feeds: { all: true, outlets: false, untranslated: false } }

/** Posts of four labels in turn, number 1 being the newest; six a year. */
async function write(room: Newsroom, numbers: readonly number[], words: string): Promise<void> {
  const entries = numbers.map(number =>
    incomingEntry(
      {
        ...{ ...NOBODY, id: idOf(number), url: idOf(number), published: START - number * 60 * DAY },
        title: { type: 'text', value: `第${number}号${words}` },
        content: { type: 'html', value: `<p>第${number}号の本文${words}です。</p>` },
        categories: [{ term: LABELS[number % LABELS.length] ?? '' }],
      },
      BLOG,
      room.publishing.directory,
    ),
  )
  const { store, now } = room.matching
  await store.entries.saveEntries({ source: BLOG.id, feed: NOBODY, entries, activeSources: new Set([BLOG.id]), now })
  await matchPosts(room.matching)
}

function idOf(number: number): string {
  return `https://blog.example.jp/${number}.html`
}

/** Publishes as a running service does, counting the posts that are read. */
function publisher(room: Newsroom): () => Promise<PublishReport & { readonly read: number }> {
  const { store } = room
  const kept = { fragments: fragmentCache(1_000_000), memberships: noMemberships() }
  return async () => {
    let read = 0
    const toPublish = async (keys: readonly EntryKey[], withHtml: boolean) => {
      read += keys.length
      return store.posts.toPublish(keys, withHtml)
    }
    const newest = () => Promise.reject(new Error('expected no search for posts'))
    const report = await room.publish({ ...SETTINGS, ...kept, store: { ...store, posts: { ...store.posts, toPublish, newest } } })
    return { ...report, read }
  }
}

async function holding(room: Newsroom, mark: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of await filesIn(room.folder)) {
    if (/\.(?:gz|br|zst)$/.test(path)) continue
    if ((await readFile(join(room.folder, path), 'utf8')).includes(mark)) found.push(path)
  }
  return found
}

async function roomOfPosts(): Promise<Newsroom> {
  const room = await openNewsroom()
  await write(
    room,
    Array.from({ length: POSTS }, (_, index) => index + 1),
    '',
  )
  return room
}

describe('publishing after an edit', () => {
  let room: Newsroom
  let publish: ReturnType<typeof publisher>
  beforeAll(async () => {
    room = await roomOfPosts()
    publish = publisher(room)
    await publish()
  })

  const edits: readonly (readonly [name: string, number: number])[] = [
    ['the newest post', 1],
    ['a post that is in archives alone', 30],
    ['the oldest post', POSTS],
  ]
  for (const [name, number] of edits) {
    it(`of ${name} writes the documents that hold it, and no others`, async () => {
      const held = await holding(room, `第${number}号`)
      await write(room, [number], '(改訂)')
      const report = await publish()
      expect([...report.written].toSorted()).toEqual(held)
      expect(await holding(room, `第${number}号(改訂)`)).toEqual(held)
      // Those beside it in its feed, in that of all and in its year, and the newest of every other feed.
      expect(report.read).toBeLessThan(POSTS / 2)
    })
  }

  it('that came to nothing reads and writes nothing', async () => {
    const report = await publish()
    expect([report.written, report.read]).toEqual([[], 0])
  })

  it('gives the same bytes as a program that begins anew', async () => {
    const kept = await contents(room)
    await rm(room.folder, { recursive: true })
    await publisher(room)()
    expect(await contents(room)).toEqual(kept)
  })
})

describe('publishing that fails', () => {
  it('puts nothing in place that would have come later, and leaves nothing behind', async () => {
    const room = await roomOfPosts()
    await mkdir(join(room.folder, 'feeds'), { recursive: true })
    // Where the archives of the first label belong.
    await writeFile(join(room.folder, 'feeds', '外交'), 'a file where a folder should be')
    const publish = publisher(room)
    await expect(publish()).rejects.toMatchObject({ code: 'publish-failed' })
    const files = await filesIn(room.folder)
    expect(files.filter(path => path.endsWith('.tmp'))).toEqual([])
    expect(files.filter(path => /^feeds\/[^/]+\.atom$/.test(path))).toEqual([])
    await rm(join(room.folder, 'feeds', '外交'))
    expect((await publish()).refused).toEqual([])
    expect(await filesIn(room.folder)).toContain('feeds/外交.atom')
  })
})

async function contents(room: Newsroom): Promise<Readonly<Record<string, string>>> {
  const paths = (await filesIn(room.folder)).filter(path => !/\.(?:gz|br|zst)$/.test(path))
  return Object.fromEntries(await Promise.all(paths.map(async path => [path, await readFile(join(room.folder, path), 'utf8')])))
}
