import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AutomaticFeeds } from '../../src/domain/output-feed.ts'
import { filesIn } from '../support/temp-folder.ts'
import { aRequestedFeed, type Newsroom, numbered, openNewsroom } from './newsroom.ts'

const NONE: AutomaticFeeds = { all: false, outlets: false, untranslated: false }
const ALL: AutomaticFeeds = { ...NONE, all: true }

async function atoms({ folder }: Newsroom): Promise<readonly string[]> {
  return (await filesIn(folder)).filter(path => path.endsWith('.atom'))
}

async function idsIn({ folder }: Newsroom, slug: string): Promise<readonly (string | undefined)[]> {
  const xml = await readFile(join(folder, `feeds/${slug}.atom`), 'utf8')
  return [...xml.matchAll(/<id>([^<]*)<\/id>/g)].map(([, id]) => id)
}

describe('the feed of all translations', () => {
  it('carries every post, whatever its label', async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map([...numbered(1, 2, ['外交']), ...numbered(3, 3, [])]))
    await room.publish({ feeds: ALL })
    expect(await idsIn(room, 'all')).toEqual([
      'tag:example.jp,2026:kakehashi:feed:all',
      ...[1, 2, 3].map(number => `https://blog.example.jp/${number}`),
    ])
  })

  it('leaves id, address and entries of a feed alone that was there before it', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 3, ['ALL', '外交']))
    await room.publish()
    const before = await readFile(join(room.folder, 'feeds/all.atom'), 'utf8')
    const { written } = await room.publish({ feeds: ALL })
    expect(written.filter(path => /^feeds\/(?:all|外交)\./.test(path))).toEqual([])
    expect(await readFile(join(room.folder, 'feeds/all.atom'), 'utf8')).toBe(before)
    expect(await atoms(room)).toEqual(['feeds/all.atom', expect.stringMatching(/^feeds\/all-\w{7}\.atom$/), 'feeds/外交.atom'].toSorted())
  })

  it('keeps its id and address when the operator takes it over', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 3, ['外交']))
    await room.publish({ feeds: ALL })
    const before = await idsIn(room, 'all')
    const report = await room.publish({ feeds: ALL, requested: [aRequestedFeed('all', { title: '全部' })] })
    expect([report.refused, report.withdrawn]).toEqual([[], []])
    expect(await idsIn(room, 'all')).toEqual(before)
  })

  it('goes without asking when the operator does not want it any more', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 10, ['外交']))
    await room.publish({ feeds: ALL })
    const report = await room.publish({ feeds: NONE })
    expect(report.refused).toEqual([])
    expect(await atoms(room)).toEqual(['feeds/外交.atom'])
  })

  it('does not lose its entries with the posts', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 10, ['外交']))
    await room.publish({ feeds: ALL })
    await room.setPosts(new Map())
    const report = await room.publish({ feeds: ALL })
    expect(report.refused.map(({ path }) => path)).toContain('feeds/all.atom')
    expect(await idsIn(room, 'all')).toHaveLength(11)
  })
})

describe('the list of feeds', () => {
  it('is written once, names every feed, and is written again when there is another', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 2, ['外交']))
    await room.publish({ feeds: ALL })
    const listed = async () =>
      [...(await readFile(join(room.folder, 'feeds.opml'), 'utf8')).matchAll(/ text="([^"]*)" title/g)].map(([, t]) => t)
    expect(await listed()).toEqual(['すべての翻訳', '外交'])
    await room.setPosts(numbered(1, 3, ['外交']))
    expect((await room.publish({ feeds: ALL })).written).not.toContain('feeds.opml')
    await room.setPosts(numbered(1, 3, ['外交', '海軍']))
    expect((await room.publish({ feeds: ALL })).written).toContain('feeds.opml')
    expect(await listed()).toEqual(['すべての翻訳', '外交', '海軍'])
  })
})
