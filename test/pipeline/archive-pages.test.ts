import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { inspectAtom } from '../../src/publish/check-document.ts'
import { all, type ReadElement, readXml } from '../render/feed/read-xml.ts'
import { validateAtom } from '../support/atom-schema.ts'
import { aRequestedFeed, type Newsroom, numbered, openNewsroom } from './newsroom.ts'

const FEED = 'feeds/all.atom'
const archive = (page: number) => `feeds/all/archive-${page}.atom`
const address = (path: string) => `https://feeds.example.jp/${path}`
const requested = [aRequestedFeed('all', { limit: 4 })]

/** A room whose feed holds four entries and archives of four; posts have the lower numbers the newer they are. */
async function roomWith(first: number, last: number): Promise<Newsroom> {
  const room = await openNewsroom()
  await room.setPosts(numbered(first, last, []))
  await room.publish({ requested, archiveSize: 4 })
  return room
}

async function read(room: Newsroom, path: string): Promise<ReadElement> {
  const xml = await readFile(join(room.folder, path), 'utf8')
  expect([validateAtom(xml), inspectAtom(xml).faults]).toEqual([[], []])
  return readXml(xml)
}

const linksIn = (feed: ReadElement): Readonly<Record<string, string>> =>
  Object.fromEntries(all(feed, 'link').map(({ attributes: { rel = '', href = '' } }) => [rel, href]))
const postsIn = (feed: ReadElement) => all(feed, 'entry').map(entry => Number(/\d+$/.exec(all(entry, 'id')[0]?.text ?? '')?.[0]))

describe('the history of a feed', () => {
  it('is all in its document while that holds every post', async () => {
    const feed = await read(await roomWith(1, 4), FEED)
    expect(all(feed, 'fh:complete')).toHaveLength(1)
    expect(Object.keys(linksIn(feed))).not.toContain('prev-archive')
  })

  it('goes on in archives that lead to one another', async () => {
    const room = await roomWith(1, 10)
    const [feed, first, second] = [await read(room, FEED), await read(room, archive(1)), await read(room, archive(2))]
    expect([postsIn(feed), postsIn(second), postsIn(first)]).toEqual([
      [1, 2, 3, 4],
      [3, 4, 5, 6],
      [7, 8, 9, 10],
    ])
    expect(linksIn(feed)['prev-archive']).toBe(address(archive(2)))
    expect(linksIn(second)).toMatchObject({ self: address(archive(2)), current: address(FEED), 'prev-archive': address(archive(1)) })
    expect(linksIn(first)).toMatchObject({ current: address(FEED), 'next-archive': address(archive(2)) })
    expect([all(feed, 'fh:archive').length, all(first, 'fh:archive').length]).toEqual([0, 1])
    expect(all(first, 'id')[0]?.text).toBe(all(feed, 'id')[0]?.text)
  })

  it('does not change where it is past', async () => {
    const room = await roomWith(5, 14)
    const before = await readFile(join(room.folder, archive(1)), 'utf8')
    await room.setPosts(numbered(2, 14, []))
    const report = await room.publish({ requested, archiveSize: 4 })
    expect(await readFile(join(room.folder, archive(1)), 'utf8')).toBe(before)
    expect(report.written.filter(path => path.includes('archive'))).toEqual([archive(3), archive(2)])
    expect(postsIn(await read(room, archive(3)))).toEqual([3, 4, 5, 6])
    // Archives are as large as they were made, whatever the operator asks for later.
    const later = await room.publish({ requested, archiveSize: 2 })
    expect(later.written.filter(path => path.includes('archive'))).toEqual([])
  })

  it('is rewritten only where something in it changed', async () => {
    const room = await roomWith(1, 10)
    expect((await room.publish({ requested, archiveSize: 4 })).written).toEqual([])
    await room.setPosts(new Map([...numbered(1, 10, []), [9, ['外交']]]))
    const report = await room.publish({ requested, archiveSize: 4 })
    expect(report.written.filter(path => path.startsWith('feeds/all'))).toEqual([archive(1)])
  })

  it('loses what is withdrawn, and says so', async () => {
    const room = await roomWith(1, 10)
    await room.setPosts(new Map([...numbered(1, 10, [])].filter(([number]) => number !== 2 && number !== 9)))
    await room.publish({ requested, archiveSize: 4 })
    const feed = await read(room, FEED)
    expect([postsIn(feed), postsIn(await read(room, archive(1)))]).toEqual([
      [1, 3, 4, 5],
      [7, 8, 10],
    ])
    const graves = all(feed, 'at:deleted-entry').map(({ attributes }) => attributes['ref'])
    expect(graves.toSorted()).toEqual(['https://blog.example.jp/2', 'https://blog.example.jp/9'])
    expect(JSON.parse(await readFile(join(room.folder, 'feeds/all.json'), 'utf8'))._kakehashi.withdrawn).toHaveLength(2)
    expect(all(await read(room, archive(1)), 'at:deleted-entry')).toEqual([])
    // What comes back is no more gone.
    await room.setPosts(numbered(1, 10, []))
    await room.publish({ requested, archiveSize: 4 })
    expect(all(await read(room, FEED), 'at:deleted-entry')).toEqual([])
    expect(postsIn(await read(room, archive(1)))).toEqual([7, 8, 9, 10])
  })

  it('forgets what was withdrawn long ago', async () => {
    const room = await roomWith(1, 10)
    await room.setPosts(numbered(2, 10, []))
    room.wait(91 * DAY)
    await room.publish({ requested, archiveSize: 4 })
    expect(all(await read(room, FEED), 'at:deleted-entry')).toEqual([])
  })

  it('goes with the feed', async () => {
    const room = await roomWith(1, 10)
    const { withdrawn } = await room.publish({ requested: [], archiveSize: 4 })
    expect(withdrawn).toEqual(expect.arrayContaining([FEED, archive(1), archive(2)]))
  })
})
