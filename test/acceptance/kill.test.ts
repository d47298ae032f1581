import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { type BlogPost, bloggerPage, type OutletArticle, postId, rssFeed } from '../support/feed-documents.ts'
import { type LocalOrigin, serveFeeds } from '../support/local-feeds.ts'
import { publishedAtom, publishedJson } from '../support/published-feed.ts'
import { documentFault, isPublished, pairFaults, startReader, type TirelessReader } from '../support/published-files.ts'
import { type CliResult, launchCli, logged, runCli } from '../support/run-cli.ts'
import { type SampleConfig, writeConfig } from '../support/sample-config.ts'
import { filesIn, snapshotOf, temporaryFolder } from '../support/temp-folder.ts'

const OUTLETS = ['alpha', 'beta', 'gamma']
const ARTICLES = 30
const LABELS = ['外交', '安全保障', '経済', '歴史']
const PAGE_SIZE = 15
const POSTS_AT_FIRST = 60
// Three rounds bring more than a page.
const POSTS_A_ROUND = 6
const ANSWER_DELAY_MS = 10

/** When a daemon is killed: once the origin has had so many requests of it, or once it has swapped in so many files. */
type Moment = { readonly requests: number } | { readonly files: number }
// A first poll takes 7 requests and more, of the outlets and the pages of the blog; publishing writes 66 files.
const MOMENTS: readonly Moment[] = [
  { requests: 1 },
  { requests: 5 },
  { requests: 6 },
  { requests: 1 },
  { requests: 2 },
  { requests: 1 },
  { files: 1 },
  { files: 20 },
  { files: 47 },
  { files: 60 },
]
const LONGEST_WAIT_MS = 8_000

let origin: LocalOrigin
let folder: string
let config: SampleConfig
let round = 0
let reader: TirelessReader
let last: CliResult
const kills: { readonly exitCode: number | null; readonly hadPublished: boolean }[] = []

beforeAll(async () => {
  origin = await serveFeeds(url => {
    const outlet = OUTLETS.find(name => url.pathname === `/${name}`)
    const startIndex = Number(url.searchParams.get('start-index') ?? '1')
    const body =
      outlet === undefined
        ? bloggerPage(postsOf(round), { startIndex, pageSize: PAGE_SIZE, updated: BLOG_UPDATED })
        : rssFeed(outlet, articlesOf(outlet))
    return { kind: 'document', body, delayMs: ANSWER_DELAY_MS }
  })
  folder = await temporaryFolder()
  config = await configIn(folder)
  reader = startReader(config.publicFolder)
  for (const moment of MOMENTS) {
    await runUntil(moment)
    timePasses()
    round++
  }
  last = await runCli(['once', '--all', '--config', config.folder], folder)
  await reader.stop()
}, 90_000)

describe('a daemon that is killed in mid-cycle, again and again', () => {
  it('was killed every time before its cycle was done', () => {
    expect(kills).toEqual(MOMENTS.map(() => ({ exitCode: null, hadPublished: false })))
    expect(MOMENTS.length).toBeGreaterThanOrEqual(8)
  })

  it('goes on where it was, and ends well when it is let', () => {
    expect([last.exitCode, last.stderr]).toEqual([0, ''])
    expect(last.stdout).toContain(`${postsOf(round).length} posts: `)
  })

  it('has lost no post, and published none twice', async () => {
    for (const label of LABELS) {
      const ids = postsOf(round)
        .filter(({ labels }) => labels.includes(label))
        .map(postId)
      expect((await publishedAtom(config.publicFolder, label)).map(({ id }) => id)).toEqual(ids)
      expect((await publishedJson(config.publicFolder, label)).map(({ id }) => id)).toEqual(ids)
    }
  })

  it('has lost no original', async () => {
    const originals = (await publishedAtom(config.publicFolder, LABELS[0] ?? '')).map(({ links }) => links['via'])
    expect(originals.every(href => /^https:\/\/\w+\.example\/2026\/article-\d+$/.test(href ?? ''))).toBe(true)
  })

  it('leaves a sound database that holds nothing twice', () => {
    const database = new DatabaseSync(config.storeFile, { readOnly: true })
    const rows = (sql: string) => database.prepare(sql).all()
    expect(rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(rows('select role, count(*) as count, count(distinct entry_id) as ids from entries group by role order by role')).toEqual([
      { role: 'article', count: OUTLETS.length * ARTICLES, ids: OUTLETS.length * ARTICLES },
      { role: 'post', count: postsOf(round).length, ids: postsOf(round).length },
    ])
    for (const table of ['posts', 'matches'])
      expect(rows(`select count(*) as count from ${table}`)).toEqual([{ count: postsOf(round).length }])
    database.close()
  })

  it('leaves no half-written file', async () => {
    const files = await filesIn(config.publicFolder)
    expect(files.filter(path => path.endsWith('.tmp'))).toEqual([])
    for (const path of files) expect(await documentFault(join(config.publicFolder, path))).toBeUndefined()
    expect(await pairFaults(config.publicFolder)).toEqual([])
  })

  it('has shown no broken document to a reader who never stopped looking', () => {
    expect(reader.faults).toEqual([])
    expect(reader.looks()).toBeGreaterThan(200)
    expect(reader.answers()).toBeGreaterThan(20)
  })

  it('publishes the very bytes that a daemon publishes which nobody killed', async () => {
    const undisturbed = await temporaryFolder()
    const { folder: calmConfig, publicFolder } = await configIn(undisturbed)
    expect((await runCli(['once', '--config', calmConfig], undisturbed)).exitCode).toBe(0)
    const [disturbed, calm] = [await snapshotOf(config.publicFolder), await snapshotOf(publicFolder)]
    expect(Object.keys(disturbed)).toEqual(Object.keys(calm))
    expect(Object.keys(calm).filter(path => calm[path]?.digest !== disturbed[path]?.digest)).toEqual([])
  })
})

/** Starts the daemon, and kills it at the moment. */
async function runUntil(moment: Moment): Promise<void> {
  const requestsBefore = origin.requests.length
  const timesBefore = await timesIn(config.publicFolder)
  const daemon = launchCli(['run', '--config', config.folder], folder)
  void logged(daemon, ({ event }) => event === 'start').then(
    ({ address }) => reader.readFrom(String(address)),
    () => {},
  )
  const hasCome = async () => {
    if ('requests' in moment) return origin.requests.length - requestsBefore >= moment.requests
    const times = await timesIn(config.publicFolder)
    return [...times].filter(([path, time]) => timesBefore.get(path) !== time).length >= moment.files
  }
  const deadline = performance.now() + LONGEST_WAIT_MS
  while (!(await hasCome())) {
    if (performance.now() > deadline) throw new Error(`${JSON.stringify(moment)} did not come: ${daemon.lines.join('\n')}`)
    await sleep(1)
  }
  daemon.kill('SIGKILL')
  kills.push({ exitCode: await daemon.ended, hadPublished: daemon.lines.some(line => line.includes('"event":"publish"')) })
}

/** When the files below a folder were last written, by path. */
async function timesIn(published: string): Promise<ReadonlyMap<string, number>> {
  const paths = (await filesIn(published)).filter(isPublished)
  return new Map(await Promise.all(paths.map(async path => [path, (await stat(join(published, path))).mtimeMs] as const)))
}

/** Lets leases and intervals run out, as an hour would. */
function timePasses(): void {
  const database = new DatabaseSync(config.storeFile)
  database.exec('update sources set next_poll_at = 0')
  database.close()
}

/** The blog as it is in a round, newest post first. */
function postsOf(which: number): readonly BlogPost[] {
  return Array.from({ length: POSTS_AT_FIRST + which * POSTS_A_ROUND }, (_, index) => postNumber(index)).toReversed()
}

function postNumber(number: number): BlogPost {
  const outlet = OUTLETS[number % OUTLETS.length] ?? ''
  return {
    id: String(1000 + number),
    title: `第${number}回の題(${outlet} outlet)―所感${number}`,
    html: `<p>${'本文の段落です。'.repeat(40)}</p><p>原文：<a href="https://${outlet}.example/2026/article-${number % ARTICLES}">Article</a></p>`,
    labels: [LABELS[number % LABELS.length] ?? ''],
    published: new Date(FIRST_POST + number * HOUR).toISOString(),
  }
}

function articlesOf(outlet: string): readonly OutletArticle[] {
  return Array.from({ length: ARTICLES }, (_, number) => ({
    url: `https://${outlet}.example/2026/article-${number}`,
    title: `Article ${number} of the ${outlet} outlet`,
    text: 'A lead that says what it is about.',
    published: new Date(FIRST_POST + number * HOUR).toISOString(),
  }))
}

const FIRST_POST = Date.UTC(2026, 1, 1)
// Entries carry what their feed said of itself when they were read; for all of a kind it must not depend on when that was.
const BLOG_UPDATED = '2026-04-01T00:00:00Z'

function configIn(where: string): Promise<SampleConfig> {
  const outlets = OUTLETS.map(
    id => `  - { id: ${id}, name: ${id} outlet, hosts: [${id}.example], sources: [{ url: "${origin.url(`/${id}`)}" }] }`,
  )
  const sources = `outlets:\n${outlets.join('\n')}\nposts:\n  - { id: blog, feed: "${origin.url('/blog')}" }\n`
  return writeConfig(where, { sources, allowHosts: [origin.host], limit: 500 })
}
