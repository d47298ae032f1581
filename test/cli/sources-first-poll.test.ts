import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { once } from '../../src/cli/once.ts'
import { type AddOptions, addSource } from '../../src/cli/sources-add.ts'
import { openSite, type Reply, type WatchedSite } from '../acceptance/watched-site.ts'
import { bloggerPage, rssFeed } from '../support/feed-documents.ts'
import { logged, runCli, startDaemon } from '../support/run-cli.ts'
import { writeConfig } from '../support/sample-config.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { workplace } from './sources-command.ts'

const ARTICLE = { url: 'https://bridge.example/1', title: 'An Article', text: 'Text.', published: '2026-06-01T00:00:00Z' }
const FEED: Reply = { headers: { etag: '"1"' }, body: rssFeed('The Daily Bridge', [ARTICLE]) }
const PAGE = '<!doctype html><title>A page</title><link rel="alternate" type="application/rss+xml" href="/feed">'

/** A workplace with state from earlier cycles. */
async function place(site: WatchedSite) {
  const work = await workplace('outlets: []\nposts: []\n', { allowHosts: [site.host] })
  const cycle = async (all = false) =>
    JSON.parse((await work.run(context => once(context, { all, acceptShrink: false }), { isJson: true })).printed) as {
      readonly polls: readonly { readonly source: string; readonly result: string }[]
    }
  await cycle()
  const add = (path: string, options: AddOptions = {}) => work.run(context => addSource(context, site.url(path), options))
  return { ...work, cycle, add }
}

const targets = ({ visits }: WatchedSite) => visits.map(({ target }) => target)

describe('what `sources add` has fetched', () => {
  const ways: readonly (readonly [name: string, pages: Readonly<Record<string, Reply>>, path: string, visits: readonly string[]])[] = [
    ['a feed', { '/feed': FEED }, '/feed', ['/feed']],
    ['a page that announces it', { '/': { headers: { 'content-type': 'text/html' }, body: PAGE }, '/feed': FEED }, '/', ['/', '/feed']],
    [
      'a feed that has moved for good',
      { '/old': { status: 301, headers: { location: '/feed' } }, '/feed': FEED },
      '/old',
      ['/old', '/feed'],
    ],
    [
      'a feed that is elsewhere for now',
      { '/now': { status: 302, headers: { location: '/feed' } }, '/feed': FEED },
      '/now',
      ['/now', '/feed'],
    ],
  ]
  for (const [name, pages, path, visits] of ways)
    it(`is the first poll of ${name}: nobody is asked again, and later conditionally`, async () => {
      const site = await openSite(pages)
      const { add, cycle } = await place(site)
      expect((await add(path)).printed).toMatch(/What came is kept as its first poll\.$/)
      expect((await cycle()).polls).toEqual([])
      expect(targets(site)).toEqual(visits)
      expect((await cycle(true)).polls).toMatchObject([{ source: 'daily-bridge' }])
      expect(site.visits.at(-1)).toMatchObject({ target: '/feed', headers: { 'if-none-match': '"1"' } })
    })

  it('is published by the next cycle', async () => {
    const site = await openSite({ '/feed': FEED })
    const { add, cycle } = await place(site)
    await add('/feed', { posts: true })
    expect(await cycle()).toMatchObject({ polls: [], match: { judged: 1 } })
  })

  it('is fetched again where polls ask for another document: the posts of a blog that were edited last', async () => {
    const post = { id: '1', title: '題', html: '<p>本文です。</p>', labels: [], published: '2026-06-01T00:00:00Z' }
    const site = await openSite({ '/feeds/posts/default': bloggerPage([post]) })
    const { add, cycle } = await place(site)
    expect((await add('/feeds/posts/default', { posts: true, id: 'blog' })).printed).not.toContain('first poll')
    expect((await cycle()).polls).toMatchObject([{ source: 'blog', result: 'ok' }])
    expect(targets(site)[1]).toContain('orderby=updated')
  })

  it('is not kept where nothing has been polled yet: no state is made', async () => {
    const site = await openSite({ '/feed': FEED })
    const { run, config } = await workplace('outlets: []\nposts: []\n', { allowHosts: [site.host] })
    await run(context => addSource(context, site.url('/feed'), {}))
    expect(existsSync(config.storeFile)).toBe(false)
  })

  it('is not kept where the state cannot be used; the config is written all the same', async () => {
    const site = await openSite({ '/feed': FEED })
    const { add, config, sources } = await place(site)
    for (const suffix of ['', '-wal', '-shm']) await rm(`${config.storeFile}${suffix}`, { force: true })
    await writeFile(config.storeFile, 'this is no database, but a text of some length')
    expect((await add('/feed')).exit).toBe(0)
    expect(await sources()).toContain('daily-bridge')
  })

  it('is not asked for by a service that runs', async () => {
    const folder = await temporaryFolder()
    const site = await openSite({ '/feed': FEED, '/other': FEED })
    const other = `outlets:\n  - { id: other, name: Other, hosts: [other.example], sources: [{ url: "${site.url('/other')}" }] }\n`
    const config = await writeConfig(folder, { sources: other, allowHosts: [site.host], polling: ['tick: "* * * * * *"'] })
    const daemon = await startDaemon(config.folder, folder)
    await logged(daemon, ({ event, source }) => event === 'poll' && source === 'other')
    const { stdout } = await runCli(['sources', 'add', site.url('/feed'), '--posts', '--config', config.folder], folder)
    expect(stdout).toContain('kept as its first poll')
    await logged(daemon, ({ event }) => event === 'config')
    await logged(daemon, ({ event }) => event === 'match')
    daemon.kill('SIGTERM')
    await daemon.ended
    expect(targets(site).toSorted()).toEqual(['/feed', '/other'])
    expect(existsSync(join(folder, 'state.db'))).toBe(true)
  })
})
