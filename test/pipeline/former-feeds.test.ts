import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Slug } from '../../src/domain/identifiers.ts'
import type { RequestedFeed } from '../../src/domain/output-feed.ts'
import { lastTroubles } from '../../src/pipeline/publish-feeds.ts'
import { filesIn } from '../support/temp-folder.ts'
import { openNewsroom } from './newsroom.ts'

const POSTS = new Map([
  [1, ['外交']],
  [2, ['外交', '経済']],
])

function requested(changes: Partial<RequestedFeed>): RequestedFeed {
  return {
    ...{ any: [], all: [], none: [], outlets: [], include: 'translated', titles: 'japanese' },
    ...{ content: 'full', excerptCharacters: 200, limit: 50 },
    ...changes,
  }
}

const slug = (text: string) => text as Slug

describe('a feed that gets another address', () => {
  it('is found under the new one, from wherever it has been', async () => {
    const { store, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    await publish({})
    await publish({ requested: [requested({ label: '外交', slug: slug('diplomacy') })] })
    expect(await store.movedSlugs.all()).toEqual(new Map([['外交', 'diplomacy']]))
    await publish({ requested: [requested({ label: '外交', slug: slug('foreign') })] })
    expect(await store.movedSlugs.all()).toEqual(
      new Map([
        ['diplomacy', 'foreign'],
        ['外交', 'foreign'],
      ]),
    )
  })

  it('is not moved any more when it is back', async () => {
    const { store, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    await publish({})
    await publish({ requested: [requested({ label: '外交', slug: slug('diplomacy') })] })
    await publish({})
    expect(await store.movedSlugs.all()).toEqual(new Map([['diplomacy', '外交']]))
  })

  it('is known by what it selects where it stands for no label', async () => {
    const { store, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    const any = [{ kind: 'label', label: '経済' }] as const
    await publish({ requested: [requested({ any, slug: slug('a') })] })
    await publish({ requested: [requested({ any, slug: slug('b'), title: '改題', limit: 10 })] })
    expect(await store.movedSlugs.all()).toEqual(new Map([['a', 'b']]))
  })

  it('is gone where nothing carries what it carried', async () => {
    const { store, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    await publish({})
    await setPosts(
      new Map([
        [1, ['外交']],
        [2, ['外交']],
      ]),
    )
    await publish({})
    expect(await store.movedSlugs.all()).toEqual(new Map([['経済', null]]))
  })
})

describe('the id of a feed', () => {
  const idOf = async (folder: string, of: string) => /<id>([^<]*)</.exec(await readFile(join(folder, 'feeds', `${of}.atom`), 'utf8'))?.[1]
  const named = (to: string) => ({ requested: [requested({ label: '外交', slug: slug(to) })] })

  it('is the one it began with, wherever it moves, in its archives too', async () => {
    const { folder, setPosts, publish } = await openNewsroom()
    await setPosts(new Map(Array.from({ length: 9 }, (_, index) => [index, ['外交']])))
    await publish({ limit: 3, archiveSize: 3 })
    const id = await idOf(folder, '外交')
    const archives = (await filesIn(join(folder, 'feeds'))).filter(path => path.startsWith('外交/')).map(path => path.slice(2))
    for (const to of ['diplomacy', 'foreign', '外交']) {
      await publish({ ...(to === '外交' ? {} : named(to)), limit: 3, archiveSize: 3 })
      expect(await idOf(folder, to)).toBe(id)
      expect(await idOf(folder, `${to}/archive-1`)).toBe(id)
      const files = (await filesIn(join(folder, 'feeds'))).filter(path => path.startsWith(`${to}/`)).map(path => path.slice(to.length))
      expect(files).toEqual(archives)
    }
  })

  it('goes to no other feed that takes the slug it has left', async () => {
    const { folder, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    await publish({})
    const id = await idOf(folder, '外交')
    await publish(named('diplomacy'))
    const both = { requested: [...named('diplomacy').requested, requested({ label: '経済', slug: slug('外交') })] }
    await publish(both)
    const other = await idOf(folder, '外交')
    expect(other).not.toBe(id)
    await publish({ ...both, limit: 7 })
    expect([await idOf(folder, 'diplomacy'), await idOf(folder, '外交')]).toEqual([id, other])
  })
})

describe('the published folder', () => {
  it('is a whole site for hosts that know nothing of us', async () => {
    const { folder, setPosts, publish, publishing } = await openNewsroom()
    await setPosts(POSTS)
    const site = { ...publishing.site, author: { name: '架け橋', email: 'me@example.jp' } }
    await publish({ site })
    const files = await filesIn(folder)
    expect(files).toEqual(expect.arrayContaining(['.nojekyll', '.well-known/security.txt', '404.html', '_headers', 'robots.txt']))
    expect(files).not.toContain('_redirects')
    const read = (path: string) => readFile(join(folder, path), 'utf8')
    expect(await read('_headers')).toContain('/feeds/*.atom\n  Content-Type: application/atom+xml; charset=utf-8\n')
    expect(await read('_headers')).toContain('  Cache-Control: public, max-age=900\n')
    expect(await read('robots.txt')).toBe('User-agent: *\nDisallow: /hub\nDisallow: /operator/\nDisallow: /websub/\n')
    expect(await read('.well-known/security.txt')).toMatch(/^Contact: mailto:me@example\.jp\nExpires: \d{4}-\d\d-01T00:00:00\.000Z\n/)
    await publish({ site, requested: [requested({ label: '外交', slug: slug('diplomacy') })] })
    expect(await read('_redirects')).toContain(`/feeds/${encodeURIComponent('外交')}.atom /feeds/diplomacy.atom 301\n`)
    expect(await read('_redirects')).toContain(`/en/labels/${encodeURIComponent('外交')} /en/labels/diplomacy 301\n`)
  })

  it('is left as it is where it cannot be written, and the operator is told until it can', async () => {
    const { store, folder, setPosts, publish } = await openNewsroom()
    await setPosts(POSTS)
    await publish({})
    const before = await readFile(join(folder, 'feeds/外交.atom'), 'utf8')
    await rm(join(folder, 'labels'), { recursive: true })
    await writeFile(join(folder, 'labels'), 'a file where a folder belongs')
    await setPosts(new Map([...POSTS, [3, ['外交']]]))
    await expect(publish({})).rejects.toMatchObject({ code: 'publish-failed' })
    expect((await lastTroubles(store)).refused).toMatchObject([
      { path: 'publish.folder', because: expect.stringContaining('expected a place that can be written') },
    ])
    await rm(join(folder, 'labels'))
    await publish({})
    expect((await lastTroubles(store)).refused).toEqual([])
    expect(await readFile(join(folder, 'feeds/外交.atom'), 'utf8')).not.toBe(before)
  })
})
