import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { lastTroubles } from '../../src/pipeline/publish-feeds.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'
import { aRequestedFeed, type Newsroom, numbered, openNewsroom } from './newsroom.ts'

const documentsOf = (slug: string) => [
  `en/labels/${slug}.html`,
  `en/labels/${slug}/2026.html`,
  `feeds/${slug}.atom`,
  `feeds/${slug}.json`,
  `feeds/${slug}.rss`,
  `labels/${slug}.html`,
  `labels/${slug}/2026.html`,
]
const refusalsOf = (slug: string) =>
  ['atom', 'rss', 'json'].map(syntax => ({
    path: `feeds/${slug}.${syntax}`,
    because: expect.stringContaining('shrink from 10 entries to 2'),
  }))

describe('a feed that suddenly loses most of its entries', () => {
  it('stays as it was in every syntax and on its pages', async () => {
    const room = await roomWith('外交', 10)
    const before = await documents(room, '外交')
    await room.setPosts(numbered(1, 2, ['外交']))
    const report = await room.publish()
    expect(report.refused).toEqual(refusalsOf('外交'))
    expect(report.withdrawn).toEqual([])
    expect(await documents(room, '外交')).toEqual(before)
    // Nothing has changed since: it is refused, and reported, all the same.
    expect((await room.publish()).refused).toEqual(refusalsOf('外交'))
    expect((await lastTroubles(room.store)).refused).toEqual(refusalsOf('外交'))
    expect(await documents(room, '外交')).toEqual(before)
  })

  it('stays as it was when the program was upgraded in between', async () => {
    const room = await roomWith('外交', 10)
    const before = await documents(room, '外交')
    await room.setPosts(numbered(1, 2, ['外交']))
    expect((await room.publish({ generator: { version: '2.0.0' } })).refused).toEqual(refusalsOf('外交'))
    // It was refused already when the next upgrade came.
    expect((await room.publish({ generator: { version: '3.0.0' } })).refused).toEqual(refusalsOf('外交'))
    expect(await documents(room, '外交')).toEqual(before)
  })

  it('stays as it was while another feed is refused', async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map([...numbered(1, 10, ['外交']), ...numbered(11, 20, ['軍事'])]))
    await room.publish()
    const [before, beforeToo] = [await documents(room, '外交'), await documents(room, '軍事')]
    await room.setPosts(new Map([...numbered(1, 10, ['外交']), ...numbered(11, 12, ['軍事'])]))
    expect((await room.publish()).refused).toEqual(refusalsOf('軍事'))
    await room.setPosts(new Map([...numbered(1, 2, ['外交']), ...numbered(11, 12, ['軍事'])]))
    const report = await room.publish()
    expect(new Set(report.refused.map(({ path }) => path.split(/[/.]/)[1]))).toEqual(new Set(['外交', '軍事']))
    expect([await documents(room, '外交'), await documents(room, '軍事')]).toEqual([before, beforeToo])
  })

  it('does not hold the others up', async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map([...numbered(1, 10, ['外交']), ...numbered(11, 20, ['軍事'])]))
    await room.publish()
    await room.setPosts(new Map([...numbered(1, 2, ['外交']), ...numbered(11, 21, ['軍事'])]))
    const report = await room.publish()
    expect(report.refused).toEqual(refusalsOf('外交'))
    expect(await entriesOf(room, '軍事')).toBe(11)
  })

  it('is published when the operator accepts the loss', async () => {
    const room = await roomWith('外交', 10)
    await room.setPosts(numbered(1, 2, ['外交']))
    await room.publish()
    const report = await room.publish({ acceptShrink: true })
    expect(report.refused).toEqual([])
    expect(report.written).toEqual(expect.arrayContaining(documentsOf('外交')))
    expect(await entriesOf(room, '外交')).toBe(2)
    expect((await room.publish()).refused).toEqual([])
  })

  it('may lose entries when its own rule was narrowed', async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map([...numbered(1, 2, ['外交', '選']), ...numbered(3, 10, ['外交'])]))
    await room.publish({ requested: [aRequestedFeed('my-feed')] })
    const report = await room.publish({ requested: [aRequestedFeed('my-feed', { any: [{ kind: 'label', label: '選' }] })] })
    expect(report.refused).toEqual([])
    expect(await entriesOf(room, 'my-feed')).toBe(2)
  })

  it('may not lose entries when the rule of another feed was changed', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 10, ['外交']))
    await room.publish({ requested: [aRequestedFeed('mine'), aRequestedFeed('other', { limit: 5 })] })
    const before = await documents(room, 'mine')
    await room.setPosts(numbered(1, 2, ['外交']))
    const report = await room.publish({ requested: [aRequestedFeed('mine'), aRequestedFeed('other', { limit: 3 })] })
    expect(report.refused).toEqual(expect.arrayContaining(refusalsOf('mine')))
    expect(await documents(room, 'mine')).toEqual(before)
  })
})

describe('a feed whose label is on no post any more', () => {
  it('is kept and reported when it was large, and withdrawn when it was small', async () => {
    const room = await openNewsroom()
    await room.setPosts(new Map([...numbered(1, 8, ['外交']), ...numbered(9, 11, ['軍事']), ...numbered(12, 30, ['歴史'])]))
    await room.publish()
    const before = await documents(room, '外交')
    await room.setPosts(numbered(12, 30, ['歴史']))
    const report = await room.publish()
    expect(report.refused).toEqual([{ path: 'feeds/外交.atom', because: expect.stringContaining('--accept-shrink') }])
    expect([...report.withdrawn].toSorted()).toEqual(documentsOf('軍事'))
    expect(await documents(room, '外交')).toEqual(before)
    expect((await filesIn(room.folder)).filter(path => path.includes('軍事'))).toEqual([])
  })

  it('is kept and reported for as long as that lasts', async () => {
    const room = await roomWithLostLabel()
    const before = await documents(room, '外交')
    expect((await room.publish()).refused).toHaveLength(1)
    await room.setPosts(numbered(12, 31, ['歴史']))
    const report = await room.publish()
    expect([report.refused.length, report.withdrawn]).toEqual([1, []])
    expect(await documents(room, '外交')).toEqual(before)
  })

  it('is withdrawn when the operator accepts the loss', async () => {
    const room = await roomWithLostLabel()
    const report = await room.publish({ acceptShrink: true })
    const ofFeed = report.withdrawn.filter(path => !path.includes('entries/'))
    expect(ofFeed.toSorted()).toEqual(documentsOf('外交'))
  })

  it('is kept though another feed is asked for', async () => {
    const room = await roomWithLostLabel()
    const report = await room.publish({ requested: [aRequestedFeed('new-feed')] })
    expect([report.refused.length, report.withdrawn]).toEqual([1, []])
  })

  it('is withdrawn when the operator no longer asks for it', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 10, ['外交']))
    await room.publish({ requested: [aRequestedFeed('mine'), aRequestedFeed('other')] })
    const report = await room.publish({ requested: [aRequestedFeed('other')] })
    expect([report.refused, [...report.withdrawn].toSorted()]).toEqual([[], documentsOf('mine')])
  })

  it('is withdrawn when the operator hides its label, or names its feed otherwise', async () => {
    const hidden = await roomWith('外交', 10)
    expect([...(await hidden.publish({ hideLabels: ['外交'] })).withdrawn].toSorted()).toEqual(documentsOf('外交'))
    const renamed = await roomWith('外交', 10)
    const report = await renamed.publish({ requested: [aRequestedFeed('diplomacy', { label: '外交' })] })
    expect([...report.withdrawn].toSorted()).toEqual(documentsOf('外交'))
    expect(await entriesOf(renamed, 'diplomacy')).toBe(10)
  })
})

describe('a run of publishing that came to no end', () => {
  it('leaves nothing of itself, though all is again as it was before', async () => {
    const room = await roomWith('外交', 3)
    const before = await digests(room)
    const { publications } = room.store
    const record: typeof publications.record = async ({ length }) => {
      if (length > 0) throw new Error('killed')
    }
    const dying = { ...room.store, publications: { ...publications, record } }
    await expect(room.publish({ generator: { version: '2.0.0' }, store: dying })).rejects.toThrow('killed')
    expect(await digests(room)).not.toEqual(before)
    await room.publish()
    expect(await digests(room)).toEqual(before)
  })

  it('leaves no copies of a version that never came', async () => {
    const room = await roomWith('外交', 3)
    const before = await digests(room)
    await room.store.notices.put('published-state', '', 0)
    await writeFile(join(room.folder, 'feeds/外交.atom.gz'), gzipSync('another version'))
    expect((await room.publish()).written).toEqual([])
    expect(await digests(room)).toEqual(before)
  })
})

describe('a state that was restored from a backup', () => {
  it('is what is published from then on, though the folder is ahead of it', async () => {
    const room = await roomWith('外交', 3)
    const { publications, notices } = room.store
    const [before, known] = [await digests(room), await publications.all()]
    const names = ['published-state', 'newest-feed']
    const noted = await Promise.all(names.map(name => notices.get(name)))
    room.wait(HOUR)
    await room.publish({ generator: { version: '2.0.0' } })
    expect(await digests(room)).not.toEqual(before)
    await publications.record([...known.values()], 0)
    for (const [index, name] of names.entries()) await notices.put(name, noted[index]?.document, 0)
    await room.publish()
    expect(await digests(room)).toEqual(before)
    expect((await room.publish()).written).toEqual([])
  })
})

describe('a folder that was set back to an older copy', () => {
  it('is brought up to date', async () => {
    const room = await roomWith('外交', 3)
    const [feeds, copy] = [join(room.folder, 'feeds'), await temporaryFolder()]
    await cp(feeds, copy, { recursive: true, preserveTimestamps: true })
    room.wait(HOUR)
    await room.setPosts(numbered(1, 4, ['外交']))
    await room.publish()
    const whole = await digests(room)
    await rm(feeds, { recursive: true })
    await cp(copy, feeds, { recursive: true, preserveTimestamps: true })
    await room.publish()
    expect(await digests(room)).toEqual(whole)
    expect((await room.publish()).written).toEqual([])
  })
})

describe('what only a lost state knew', () => {
  const page = `entries/${'a'.repeat(22)}.html`
  const loseState = async (room: Newsroom) => {
    await writeFile(join(room.folder, page), '<!doctype html><title>lost</title>')
    await room.store.notices.put('published-state', '', 0)
  }

  it('is taken back, and what else lies there stays', async () => {
    const room = await roomWith('外交', 3)
    await loseState(room)
    const history = ['feeds/外交/archive-2.atom', 'labels/外交/2019.html', 'en/labels/外交/2025-2.html']
    const own = ['entries/own.html', 'labels/外交/own.html', 'feeds/own/archive-1.atom']
    for (const path of [...history, ...own]) {
      await mkdir(dirname(join(room.folder, path)), { recursive: true })
      await writeFile(join(room.folder, path), 'somebody has put it there')
    }
    expect((await room.publish()).withdrawn.toSorted()).toEqual([page, ...history].toSorted())
    expect(await filesIn(room.folder)).toEqual(expect.arrayContaining(own))
  })

  it('stays for as long as a feed that may lead to it is kept', async () => {
    const room = await roomWith('外交', 10)
    await loseState(room)
    await room.setPosts(numbered(1, 3, ['外交']))
    const report = await room.publish()
    expect([report.refused.length > 0, report.withdrawn]).toEqual([true, []])
  })
})

describe('documents that come and go', () => {
  it('stand before what leads to them', async () => {
    const room = await openNewsroom()
    await room.setPosts(numbered(1, 3, ['外交']))
    await room.publish({ feeds: { all: true, outlets: false, untranslated: false } })
    await room.setPosts(new Map([...numbered(0, 0, ['歴史']), ...numbered(1, 3, ['外交', '歴史'])]))
    const { written } = await room.publish({ feeds: { all: true, outlets: false, untranslated: false } })
    const at = (path: string) => written.indexOf(path)
    const newPost = written.findIndex(path => path.startsWith('entries/'))
    const changedPost = written.findLastIndex(path => path.startsWith('entries/'))
    const order = [
      newPost,
      at('feeds/歴史.atom'),
      at('labels/歴史.html'),
      at('labels/all.html'),
      changedPost,
      at('feeds.opml'),
      at('index.html'),
    ]
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
  })
})

async function roomWith(label: string, posts: number): Promise<Newsroom> {
  const room = await openNewsroom()
  await room.setPosts(numbered(1, posts, [label]))
  await room.publish()
  return room
}

/** The label of a large feed has left its posts, and publishing has noticed. */
async function roomWithLostLabel(): Promise<Newsroom> {
  const room = await openNewsroom()
  await room.setPosts(new Map([...numbered(1, 8, ['外交']), ...numbered(12, 30, ['歴史'])]))
  await room.publish()
  await room.setPosts(numbered(12, 30, ['歴史']))
  await room.publish()
  return room
}

async function digests({ folder }: Newsroom): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.entries(await snapshotOf(folder)).map(([path, { digest }]) => [path, digest]))
}

/** Digest and time of each document of a feed. */
async function documents({ folder }: Newsroom, slug: string) {
  const all = await snapshotOf(folder)
  const own = documentsOf(slug).map(path => [path, all[path]] as const)
  expect(own.filter(([, found]) => found === undefined)).toEqual([])
  return Object.fromEntries(own)
}

async function entriesOf({ folder }: Newsroom, slug: string): Promise<number> {
  const { items } = JSON.parse(await readFile(join(folder, 'feeds', `${slug}.json`), 'utf8')) as { readonly items: readonly unknown[] }
  return items.length
}
