import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noMemberships } from '../../src/pipeline/known-memberships.ts'
import { filesIn } from '../support/temp-folder.ts'
import { aRequestedFeed, type Newsroom, numbered, openNewsroom } from './newsroom.ts'

describe('the pages', () => {
  it('are one for each post, in both languages, and one for each year of a feed', async () => {
    const room = await roomWith(3)
    const pages = await pagesIn(room)
    expect(pages.filter(path => path.startsWith('entries/'))).toHaveLength(3)
    expect(pages.filter(path => path.startsWith('en/entries/'))).toHaveLength(3)
    expect(pages).toEqual(
      expect.arrayContaining(['labels/外交/2026.html', 'en/labels/外交/2026.html', 'coverage.html', 'en/coverage.html']),
    )
  })

  it('are not made again while nothing changes', async () => {
    const room = await roomWith(3)
    expect((await room.publish()).written).toEqual([])
  })

  it('change only where they show what changed', async () => {
    const room = await roomWith(3)
    await room.setPosts(new Map([...numbered(1, 3, ['外交']), [4, ['軍事']]]))
    const written = (await room.publish()).written.filter(path => path.endsWith('.html'))
    expect(written.filter(path => path.includes('entries/'))).toHaveLength(2)
    expect(written.filter(path => path.includes('外交'))).toEqual([])
  })

  it('of a long year are several, and a full one stays as it is when posts are added', async () => {
    const room = await roomWith(0)
    await room.setPosts(numbered(1, 120, ['外交']))
    await room.publish()
    const [first, second] = [await page(room, 'labels/外交/2026'), await page(room, 'labels/外交/2026-2')]
    expect([count(first), count(second)]).toEqual([100, 20])
    // Numbers count backwards in time: 120 is the oldest.
    expect(first).toContain('第120回')
    expect(second).toContain('第1回')
  })

  it('of a year hold every post that is in the feed by its rule, not only those its document has room for', async () => {
    const room = await roomWith(0)
    await room.setPosts(numbered(1, 12, ['外交']))
    await room.publish({ requested: [aRequestedFeed('short', { limit: 3 })] })
    expect(count(await page(room, 'labels/short/2026'))).toBe(12)
    const label = await page(room, 'labels/short')
    expect(label.match(/<article/g)).toHaveLength(3)
    expect(label).toContain('これより前の訳は2026年の一覧へ')
    expect(await page(room, 'index')).toContain('12件')
  })

  it('of posts that are gone are taken back', async () => {
    const room = await roomWith(3)
    await room.setPosts(numbered(1, 2, ['外交']))
    const { withdrawn } = await room.publish()
    expect(withdrawn.filter(path => path.includes('entries/'))).toHaveLength(2)
  })

  it('of posts stay while lists that lead to them are kept', async () => {
    const room = await roomWith(10)
    const before = (await pagesIn(room)).filter(path => path.includes('entries/'))
    await room.setPosts(numbered(1, 2, ['外交']))
    const report = await room.publish()
    expect(report.refused.length).toBeGreaterThan(0)
    expect((await pagesIn(room)).filter(path => path.includes('entries/'))).toEqual(before)
    expect(count(await page(room, 'labels/外交/2026'))).toBe(10)
    await room.publish({ acceptShrink: true })
    expect((await pagesIn(room)).filter(path => path.includes('entries/'))).toHaveLength(4)
    expect(count(await page(room, 'labels/外交/2026'))).toBe(2)
  })

  it('are the same whether or not memberships are remembered', async () => {
    const [remembering, forgetful] = [await roomWith(0), await roomWith(0)]
    const memberships = noMemberships()
    for (const last of [5, 8, 6]) {
      await remembering.setPosts(numbered(1, last, ['外交']))
      await forgetful.setPosts(numbered(1, last, ['外交']))
      await remembering.publish({ memberships })
      await forgetful.publish()
      for (const path of ['labels/外交/2026', 'labels/外交', 'index'])
        expect(await page(remembering, path)).toBe(await page(forgetful, path))
    }
    expect(memberships.byPost.size).toBe(6)
  })
})

async function roomWith(posts: number): Promise<Newsroom> {
  const room = await openNewsroom()
  if (posts > 0) await room.setPosts(numbered(1, posts, ['外交']))
  if (posts > 0) await room.publish()
  return room
}

async function pagesIn({ folder }: Newsroom): Promise<readonly string[]> {
  return (await filesIn(folder)).filter(path => path.endsWith('.html'))
}

function page({ folder }: Newsroom, path: string): Promise<string> {
  return readFile(join(folder, `${path}.html`), 'utf8')
}

/** How many posts a page of a year lists. */
function count(markup: string): number {
  return markup.match(/<li><a class="tap small day"/g)?.length ?? 0
}
