// What publishing costs: 10,000 posts in 50 labels through the real store into a real folder, with the feeds of the labels
// alone and with those that there are by default. Everything at first, then edits of one post, then nothing; beside it the
// few lines that render the feeds of all labels anew with `feed` alone at every change. `node publish.ts [posts]`.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Feed } from 'feed'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import { fragmentCache } from '../../src/pipeline/fragment-cache.ts'
import { noMemberships } from '../../src/pipeline/known-memberships.ts'
import type { PublishDeps, PublishReport } from '../../src/pipeline/publish-deps.ts'
import { publishFeeds } from '../../src/pipeline/publish-feeds.ts'
import { STYLESHEET } from '../../src/render/page/stylesheet.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { addressOf, BLOG, keyOf, OUTLETS, storeLooseArticle, storePosts, WORDS } from './sample-posts.ts'

const LABELS = 50
const [asked] = process.argv.slice(2)
const POSTS = Number(asked ?? 10_000)
const FRAGMENT_CHARACTERS = 16_000_000
const directory = outletDirectory(OUTLETS)

interface Spent {
  readonly ms: number
  /** Of all threads. */
  readonly cpuMs: number
}

const SETTINGS: readonly (readonly [name: string, feeds: PublishDeps['feeds']])[] = [
  [`the feeds of ${LABELS} labels`, { all: false, outlets: false, untranslated: false }],
  ['these, one of all translations and one of each outlet (the default)', { all: true, outlets: true, untranslated: false }],
]

const work = mkdtempSync(join(tmpdir(), 'bench-publish-'))
try {
  await fill(join(work, 'state.db'))
  for (const [index, [name, feeds]] of SETTINGS.entries()) {
    const file = join(work, `${index}.db`)
    copyFileSync(join(work, 'state.db'), file)
    await using store = await openStore(file)
    console.log(`\n${name}; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`)
    await measure(store, feeds, join(work, `public-${index}`))
  }
} finally {
  rmSync(work, { recursive: true })
}

async function fill(file: string): Promise<void> {
  await using store = await openStore(file)
  const numbers = Array.from({ length: POSTS }, (_, number) => number)
  const storing = stopwatch()
  await storePosts(numbers, store, directory, { labels: LABELS, edition: 0, now: Date.now })
  await storeLooseArticle(store, directory, 0, Date.now)
  report(`${POSTS} posts of ${WORDS} stored`, storing())
}

async function measure(store: Store, feeds: PublishDeps['feeds'], folder: string): Promise<void> {
  const byKind = new Map<string, Spent & { files: number }>()
  const deps: PublishDeps = { ...publishing(watched(store, byKind)), feeds, folder }
  const full = await timed(() => publishFeeds(deps))
  report(`full render: ${full.result.written.length} documents, ${sizeOf(folder)}`, full.spent)
  for (const [kind, { files, ...spent }] of byKind) report(`  of that, ${kind}: ${files}`, spent)
  await measureUnchanged(deps)
  await storeLooseArticle(store, directory, 1, Date.now)
  const looking = await timed(() => publishFeeds(deps))
  report(`a change that no document shows: ${looking.result.written.length} documents written`, looking.spent)
  for (const number of [0, POSTS - 1]) await measureEdit(number, 1, store, deps)
  await measureEdit(LABELS * 10, 2, store, { ...deps, fragments: fragmentCache(FRAGMENT_CHARACTERS), memberships: noMemberships() })
  await compareWithNaive(store, deps)
}

async function measureEdit(number: number, edition: number, store: Store, deps: PublishDeps): Promise<void> {
  const isNew = deps.memberships?.byPost.size === 0
  const marks = [addressOf(number), keyOf(number, directory), `第${number}回`]
  const holding = holdingAny(deps.folder, marks)
  await storePosts([number], store, directory, { labels: LABELS, edition, now: Date.now })
  const { result, spent } = await timed(() => publishFeeds(deps))
  const written = [...result.written].toSorted()
  const missed = holding.filter(path => !written.includes(path))
  const others = written.filter(path => !holding.includes(path))
  const each = (spent.cpuMs / Math.max(written.length, 1)).toFixed(1)
  const who = isNew ? ', published by a new process' : ''
  const what = `${written.length} documents written, ${holding.length} held it, ${each} ms of CPU each`
  report(`post ${number} of ${POSTS} edited${who}: ${what}`, spent)
  console.log(`  ${written.join(' ')}`)
  if (missed.length > 0) console.log(`  held it and were not written: ${missed.join(' ')}`)
  if (others.length > 0) console.log(`  written without holding it: ${others.join(' ')}`)
}

async function measureUnchanged(deps: PublishDeps): Promise<void> {
  await publishFeeds(deps)
  const before = transferred()
  const { result, spent } = await timed(() => publishFeeds(deps))
  const [read = 0, written = 0] = transferred().map((bytes, index) => bytes - (before[index] ?? 0))
  report(`nothing changed: ${result.written.length} documents written, ${read} kB read, ${written} kB written`, spent)
}

/** The fifty feeds as one would render them without Kakehashi: from what is in memory, unchecked, as they come. */
async function compareWithNaive(store: Store, deps: PublishDeps): Promise<void> {
  const labels = await store.posts.labels()
  const folder = mkdtempSync(join(work, 'naive-'))
  const feeds = await Promise.all(labels.map(({ label }) => store.posts.newest({ anyLabel: [label], limit: deps.limit, offset: 0 })))
  const { spent } = await timed(async () => {
    for (const [index, posts] of feeds.entries()) {
      const feed = new Feed({ id: `${deps.site.url}${index}`, title: labels[index]?.label ?? '', link: deps.site.url, copyright: '' })
      for (const { post } of posts) {
        const { id, url = '', headline, html } = post
        feed.addItem({ id, link: url, title: headline, content: html, date: new Date(post.updated), published: new Date(post.published) })
      }
      writeFileSync(join(folder, `${index}.atom`), feed.atom1())
      writeFileSync(join(folder, `${index}.rss`), feed.rss2())
      writeFileSync(join(folder, `${index}.json`), feed.json1())
    }
  })
  report(`naive: ${labels.length} feeds rendered anew, at every change`, spent)
  await storePosts([1], store, directory, { labels: LABELS, edition: 2, now: Date.now })
  const ours = await timed(() => publishFeeds(deps))
  const ratio = (ours.spent.cpuMs / spent.cpuMs).toFixed(2)
  report(`ours: ${ours.result.written.length} documents at a change, ${ratio} times the naive one's CPU`, ours.spent)
}

function publishing(store: PublishDeps['store']): PublishDeps {
  const author = { name: '架け橋' }
  const site = { title: '対訳帖', url: 'https://feeds.example.jp/', id: 'tag:example.jp,2026:kakehashi', language: 'ja', author } as const
  return {
    site: { ...site, timeZone: 'Asia/Tokyo' },
    ...{ store, directory, folder: join(work, 'public'), now: Date.now, generator: { version: '1.0.0' } },
    ...{ fragments: fragmentCache(FRAGMENT_CHARACTERS), memberships: noMemberships(), stylesheet: readFileSync(STYLESHEET.file, 'utf8') },
    ...{ requested: [], limit: 50, hideLabels: [], archiveSize: 50, feeds: { all: true, outlets: true, untranslated: false } },
    ...{ postSources: [BLOG], maxAgeS: 900, acceptShrink: false },
  }
}

/** A store that adds up what was spent since documents were last on record, by the kind of those that are now. */
function watched(store: Store, byKind: Map<string, Spent & { files: number }>): PublishDeps['store'] {
  let since = stopwatch()
  const { record } = store.publications
  return {
    ...store,
    publications: {
      ...store.publications,
      record: async (publications, now) => {
        await record(publications, now)
        const { ms, cpuMs } = since()
        since = stopwatch()
        const kind = kindOf(publications[0]?.path ?? '')
        const sum = byKind.get(kind) ?? { ms: 0, cpuMs: 0, files: 0 }
        byKind.set(kind, { ms: sum.ms + ms, cpuMs: sum.cpuMs + cpuMs, files: sum.files + publications.length })
      },
    },
  }
}

function kindOf(path: string): string {
  if (/\/archive-\d+\.atom$/.test(path)) return 'archives'
  if (path.startsWith('feeds/')) return 'feeds'
  return /(?:^|\/)entries\//.test(path) ? "posts' pages" : 'other pages and files'
}

function filesIn(folder: string): readonly string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

function holdingAny(folder: string, marks: readonly string[]): readonly string[] {
  const documents = filesIn(folder).filter(path => !/\.(?:gz|br|zst)$/.test(path))
  const holds = (path: string) => {
    const text = readFileSync(join(folder, path), 'utf8')
    return marks.some(mark => path.includes(mark) || text.includes(mark))
  }
  return documents.filter(holds).toSorted()
}

function sizeOf(folder: string): string {
  const bytes = filesIn(folder).reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0)
  return `${Math.round(bytes / 1e6)} MB`
}

async function timed(work: () => Promise<PublishReport>): Promise<{ readonly result: PublishReport; readonly spent: Spent }>
async function timed(work: () => Promise<void>): Promise<{ readonly spent: Spent }>
async function timed(work: () => Promise<unknown>): Promise<{ readonly result: unknown; readonly spent: Spent }> {
  const since = stopwatch()
  const result = await work()
  return { result, spent: since() }
}

function stopwatch(): () => Spent {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
  }
}

/** What the process has read and written so far, by the counters of Linux, kB; zero elsewhere. */
function transferred(): readonly number[] {
  if (!existsSync('/proc/self/io')) return [0, 0]
  const counters = readFileSync('/proc/self/io', 'utf8')
  return ['rchar', 'wchar'].map(name => Math.round(Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(counters)?.[1]) / 1000))
}

function report(what: string, { ms, cpuMs }: Spent): void {
  console.log(`${what}: ${(ms / 1000).toFixed(2)} s (${(cpuMs / 1000).toFixed(2)} s of CPU)`)
}
