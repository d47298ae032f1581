import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { type BlogPost, bloggerPage, postId, postUrl, rssFeed } from '../support/feed-documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { filesIn, temporaryFolder } from '../support/temp-folder.ts'

const aPost = (id: string, changes: Partial<BlogPost> = {}): BlogPost => ({
  ...{ id, title: `題${id}`, html: '<p>本文です。</p>', labels: ['外交'], published: `2026-03-0${id}T09:00:00Z` },
  ...changes,
})
const NEWEST = aPost('9')
const LIKE = aPost('8', {
  html: '<p>フランスのマクロン大統領はアンカレジで、ゼレンスキー大統領と 4750 億ドルの計画を話し合った。</p>',
})
const DEEP = aPost('7', { html: `${'<div>'.repeat(100_000)}底${'</div>'.repeat(100_000)}` })
const PRIVATE = aPost('6', { labels: ['日記'] })
const OLDEST = aPost('1')
const POSTS = [NEWEST, LIKE, DEEP, PRIVATE, OLDEST]
const ARTICLE = {
  url: 'https://outlet.example/plan',
  title: 'Macron and Zelensky Weigh a $475 Billion Plan in Anchorage',
  text: 'France and its president Macron met Zelensky in Anchorage over a plan worth $475 billion.',
  published: '2026-03-07T09:00:00Z',
}

let origin: LocalOrigin
let folder: string
let config: SampleConfig

beforeAll(async () => {
  const feeds: Readonly<Record<string, string>> = { '/blog': bloggerPage(POSTS), '/outlet': rssFeed('Outlet', [ARTICLE]) }
  origin = await serveFeeds(({ pathname, searchParams }) => {
    const body = Number(searchParams.get('start-index') ?? 1) > 1 ? bloggerPage([]) : feeds[pathname]
    return body === undefined ? undefined : { kind: 'document', body }
  })
  folder = await temporaryFolder()
  config = await writeConfig(folder, { sources: sources('blog'), allowHosts: [origin.host], matching: ['propose_above: 0.1'] })
  await writeFile(join(config.folder, 'pairs.csv'), `post,original\n${postUrl(OLDEST)},none\n`)
  const { exitCode, stderr } = await runCli(['once', '--config', config.folder], folder)
  expect([exitCode, stderr]).toEqual([3, ''])
})

describe('explain', () => {
  it('says that a feed is full of newer entries', async () => {
    const { stdout } = await explain(postUrl(OLDEST))
    expect(stdout).toMatch(/^ +not in +newest: older than its newest 2$/m)
    expect(stdout).toMatch(/^ +in +外交$/m)
  })

  it('says that the source of a post does not take it', async () => {
    const { stdout } = await explain(postUrl(PRIVATE))
    expect(stdout).toMatch(/^ +not in +newest: its source takes only posts with other labels \(外交\)$/m)
    expect(stdout).not.toMatch(/^ +in /m)
  })

  it('says that an entry was left out, and why', async () => {
    const { stdout } = await explain(postUrl(DEEP))
    expect(stdout).toMatch(/^ +not in +外交: left out: .*deeper than/m)
  })

  it('says the same to programs', async () => {
    const { stdout } = await explain(postUrl(OLDEST), '--json')
    const [{ feeds }] = JSON.parse(stdout)
    expect(feeds).toEqual([
      { slug: 'newest', carries: false, because: 'older than its newest 2' },
      { slug: 'all', carries: true },
      { slug: '外交', carries: true },
      { slug: 'outlet-outlet', carries: false, because: 'it is of none of the outlets outlet' },
    ])
  })

  it('says that the operator said that a post translates nothing', async () => {
    const { stdout } = await explain(postUrl(OLDEST))
    expect(stdout).toMatch(/^ +no original: the operator says it translates nothing \(config\/pairs\.csv:2\)$/m)
  })

  it('says of a match without a citation that the texts are alike', async () => {
    const { stdout } = await explain(postUrl(LIKE))
    expect(stdout).toMatch(/^ +(?:accepted|proposed): the texts are alike \(score 0\.\d\d\)$/m)
    expect(stdout.match(/フランス = france/g)).toHaveLength(1)
  })

  it('says that a feed carries a post but could not be published', async () => {
    await withStore(async ({ notices }) => {
      const before = (await notices.get('last-publish'))?.document
      await notices.put('last-publish', { refused: [{ path: 'feeds/外交.rss', because: 'it would shrink' }], leftOut: [] }, 0)
      const { stdout } = await explain(postUrl(NEWEST))
      await notices.put('last-publish', before, 0)
      expect(stdout).toMatch(/^ +in +外交, but not published at the last attempt: it would shrink$/m)
      expect(stdout).toMatch(/^ +in +newest$/m)
    })
  })

  it('says that the source of a post is gone from the config', async () => {
    const before = await readFile(config.sourcesFile, 'utf8')
    await writeFile(config.sourcesFile, sources('another'))
    await withStore(({ posts }) => posts.dropOtherSources(['another']))
    const { exitCode, stdout } = await explain(postId(NEWEST))
    await writeFile(config.sourcesFile, before)
    expect([exitCode, stdout]).toEqual([0, '題9\n  in no feed: its source "blog" is not in the config any more\n'])
  })

  it('makes no state file where there is none', async () => {
    const empty = await temporaryFolder()
    const { folder: configFolder, storeFile } = await writeConfig(empty, { sources: 'posts: []\n', allowHosts: [] })
    const { exitCode, stdout, stderr } = await runCli(['explain', '--config', configFolder, 'https://a.example/'], empty)
    expect([exitCode, stdout, stderr]).toEqual([4, '', `nothing has been polled yet: ${storeFile} does not exist\n`])
    expect(await filesIn(empty)).toEqual(['config/kakehashi.yaml', 'config/sources.yaml'])
  })
})

function sources(blog: string): string {
  return `outlets:
  - { id: outlet, name: Outlet, hosts: [outlet.example], sources: [{ url: "${origin.url('/outlet')}" }] }
posts:
  - { id: ${blog}, feed: "${origin.url('/blog')}", labels: [外交] }
feeds:
  - { slug: newest, limit: 2 }
`
}

function explain(what: string, ...options: readonly string[]): Promise<CliResult> {
  return runCli(['explain', ...options, '--config', config.folder, what], folder)
}

async function withStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  await using store = await openStore(config.storeFile)
  return await work(store)
}
