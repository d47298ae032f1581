import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { check } from '../../src/cli/check.ts'
import { once } from '../../src/cli/once.ts'
import { openSite, type Reply, type WatchedSite } from '../acceptance/watched-site.ts'
import { bloggerPage, rssFeed } from '../support/feed-documents.ts'
import { filesIn } from '../support/temp-folder.ts'
import { workplace } from './sources-command.ts'

const ARTICLES = ['1', '2', '3'].map(name => ({
  url: `https://daily.example/${name}`,
  title: `Article ${name}`,
  text: 'Text.',
  published: `2026-06-0${name}T00:00:00Z`,
}))
const FEED = rssFeed('The Daily', ARTICLES)
const withEtag = ({ headers }: { readonly headers: NodeJS.Dict<string | string[]> }): Reply =>
  headers['if-none-match'] === '"1"' ? { status: 304 } : { headers: { etag: '"1"' }, body: FEED }

/** A config with an outlet that has a feed at each of the given paths. */
async function place(site: WatchedSite, paths: readonly string[], more = '') {
  const sources = paths.map(path => `{ id: ${path.slice(1)}, url: "${site.url(path)}" }`).join(', ')
  const outlets = `outlets:\n  - { id: daily, name: The Daily, hosts: [daily.example], sources: [${sources}] }\n`
  const work = await workplace(`${outlets}${more}`, { allowHosts: [site.host] })
  const live = (isJson = false) => work.run(context => check(context, { live: true }), { isJson })
  const cycle = (all = false) => work.run(context => once(context, { all, acceptShrink: false }), { isJson: true })
  const feedsOf = async () => (JSON.parse((await live(true)).printed) as { feeds: readonly Record<string, unknown>[] }).feeds
  return { ...work, live, cycle, feedsOf }
}

const targets = ({ visits }: WatchedSite) => visits.map(({ target, headers }) => [target, headers['if-none-match']])

describe('check', () => {
  it('asks nobody and keeps nothing without --live', async () => {
    const site = await openSite({ '/feed': FEED })
    const { run, config } = await place(site, ['/feed'])
    const { exit, printed } = await run(context => check(context, { live: false }))
    expect([exit, printed]).toEqual([0, 'The config is good: 1 outlets with 1 feeds, 0 post sources, 0 configured feeds.'])
    expect(site.visits).toEqual([])
    expect(await filesIn(join(config.folder, '..'))).toEqual(['config/kakehashi.yaml', 'config/sources.yaml'])
  })
})

describe('check --live', () => {
  it('asks each source once and shows what it is', async () => {
    const site = await openSite({ '/good': FEED, '/page': '<!doctype html><title>News</title>' })
    const { live } = await place(site, ['/good', '/page', '/nothing'])
    const { exit, printed } = await live()
    expect(exit).toBe(3)
    expect(printed.split('\n').slice(1)).toEqual([
      '  SOURCE   RESULT      ENTRIES  TITLE',
      '  good     ok          3        The Daily',
      expect.stringMatching(/^ {2}page {5}not-a-feed {2}0 {8}.*HTML page titled “News”/),
      expect.stringMatching(/^ {2}nothing {2}not-found {3}0 {8}.*404/),
    ])
    expect(site.visits).toHaveLength(3)
  })

  it('is the first poll: the cycle after it asks nobody, and publishes what came', async () => {
    const site = await openSite({ '/feed': withEtag })
    const { live, cycle, config } = await place(site, ['/feed'])
    expect((await live()).exit).toBe(0)
    expect(await filesIn(config.publicFolder)).toEqual([])
    const { exit, printed } = await cycle()
    expect([exit, JSON.parse(printed).polls]).toEqual([0, []])
    expect(targets(site)).toEqual([['/feed', undefined]])
    expect(await filesIn(config.publicFolder)).not.toEqual([])
  })

  it('makes every later request conditional', async () => {
    const site = await openSite({ '/feed': withEtag })
    const { live, cycle } = await place(site, ['/feed'])
    await live()
    await cycle(true)
    await live()
    expect(targets(site)).toEqual([
      ['/feed', undefined],
      ['/feed', '"1"'],
      ['/feed', '"1"'],
    ])
  })

  it('takes a feed that is not modified for a good one, and shows what it last was', async () => {
    const site = await openSite({ '/feed': withEtag, '/same': FEED })
    const { cycle, live } = await place(site, ['/feed', '/same'])
    await cycle()
    const { exit, printed } = await live()
    expect([exit, printed.split('\n').slice(2)]).toEqual([
      0,
      ['  feed    not-modified  3        The Daily', '  same    not-modified  3        The Daily'],
    ])
  })

  it('asks for one page of a blog; the cycle after it asks for the rest, and for nothing twice', async () => {
    const posts = Array.from({ length: 60 }, (_, nth) => ({
      ...{ id: `${60 - nth}`, title: `第${60 - nth}回`, html: '<p>本文です。</p>', labels: ['外交'] },
      published: new Date(Date.UTC(2026, 6, 1) - nth * 86_400_000).toISOString(),
    }))
    const site = await openSite({
      '/feeds/posts/default': ({ target, headers }) => {
        const { searchParams } = new URL(target, 'http://localhost')
        const [startIndex, pageSize] = [Number(searchParams.get('start-index') ?? 1), Number(searchParams.get('max-results'))]
        if (headers['if-none-match'] === '"1"') return { status: 304 }
        return { headers: { etag: '"1"' }, body: bloggerPage(posts, { startIndex, pageSize }) }
      },
    })
    const blog = `posts:\n  - { id: blog, feed: "${site.url('/feeds/posts/default')}" }\n`
    const { feedsOf, cycle } = await place(site, [], blog)
    expect(await feedsOf()).toMatchObject([{ source: 'blog', result: 'ok', title: '対訳帖', entries: 50 }])
    expect(site.visits).toHaveLength(1)
    expect(JSON.parse((await cycle()).printed).polls).toMatchObject([
      { source: 'blog', added: 10, requests: 2, conditional: 1, unmodified: 1 },
    ])
    expect(JSON.parse((await cycle()).printed).polls).toEqual([])
  })

  it('leaves a host alone that asks for it, and remembers what it asked for', async () => {
    const site = await openSite({ '/a': { status: 429, headers: { 'retry-after': '7200' } }, '/b': FEED, '/c': FEED, '/d': FEED })
    const { live, feedsOf, cycle } = await place(site, ['/a', '/b', '/c', '/d'])
    await live()
    const before = site.visits.length
    expect(before).toBeLessThanOrEqual(3)
    const { exit } = await live()
    expect([exit, site.visits.length]).toEqual([3, before])
    expect((await feedsOf()).map(({ result }) => result)).toEqual(Array(4).fill('rate-limited'))
    expect(JSON.parse((await cycle(true)).printed).requests.sent).toBe(0)
  })

  it('sends no more than two requests at a time to a host', async () => {
    const site = await openSite({ '/a': FEED, '/b': FEED, '/c': FEED, '/d': FEED, '/e': FEED }, 15)
    await (await place(site, ['/a', '/b', '/c', '/d', '/e'])).live()
    expect(site.peak()).toBe(2)
  })

  it('says at once where a feed has moved for good, without what is secret', async () => {
    const site = await openSite({ '/old': { status: 301, headers: { location: '/new?key=secret' } }, '/new': FEED })
    const { feedsOf } = await place(site, ['/old'])
    expect(await feedsOf()).toEqual([
      { source: 'old', result: 'ok', title: 'The Daily', entries: 3, detail: `moved for good to ${site.url('/new')}?…` },
    ])
  })

  it('tries folders of posts too', async () => {
    const site = await openSite({})
    const essays = 'posts:\n  - { id: essays, folder: ../essays, title: 随想, url_template: "https://a.example/{path}" }\n'
    const { feedsOf, config } = await place(site, [], essays)
    expect(await feedsOf()).toMatchObject([{ source: 'essays', result: 'not-found', entries: 0 }])
    await mkdir(join(config.folder, '../essays'))
    await writeFile(join(config.folder, '../essays/1.md'), '---\ntitle: 題\ndate: 2026-06-01\n---\n本文です。\n')
    expect(await feedsOf()).toMatchObject([{ source: 'essays', result: 'ok', title: '随想', entries: 1 }])
    expect(await feedsOf()).toMatchObject([{ source: 'essays', result: 'not-modified', entries: 1 }])
  })

  it('says what is wrong with the config before it asks anybody', async () => {
    const site = await openSite({ '/feed': FEED })
    const { live } = await place(site, ['/feed'], 'outlet: []\n')
    await expect(live()).rejects.toMatchObject({ code: 'config-invalid' })
    expect(site.visits).toEqual([])
  })

  it('says that it can keep nothing where the store cannot be used, and asks nobody', async () => {
    const site = await openSite({ '/feed': FEED })
    const { live, config } = await place(site, ['/feed'])
    await writeFile(config.storeFile, 'this is no database, but a text of some length')
    await expect(live()).rejects.toMatchObject({ code: 'store-unusable', message: expect.stringContaining(config.storeFile) })
    expect(site.visits).toEqual([])
  })
})
