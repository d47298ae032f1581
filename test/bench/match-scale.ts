// What matching costs on an archive: 100,000 articles made by repeating the shared data, and posts against them; by the judge
// alone, and through a state file as in a running service. Each part has a process of its own: `node match-scale.ts [part]`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Article } from '../../src/domain/article.ts'
import type { Entry } from '../../src/domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { PostFeedSource } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import type { Post } from '../../src/domain/post.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { contentJudge } from '../../src/match/content-judge.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { type MatchDeps, matchPosts } from '../../src/pipeline/match-posts.ts'
import type { IncomingEntry } from '../../src/store/entry-batch.ts'
import { openStore, type Store } from '../../src/store/store.ts'

interface Document {
  readonly en: { readonly title: string; readonly lead?: string }
  readonly ja: { readonly title: string; readonly body: string }
}

const DATA = new URL('../../../shared/data/matching/', import.meta.url)
const [ARTICLES, POSTS] = [100_000, 10_000]
const [LEAD, BODY] = [300, 600]
const NOW = Date.parse('2026-04-01T00:00:00Z')
const NOBODY = { authors: [], contributors: [], categories: [], links: [] }
const OUTLET = 'outlet' as OutletId
const BLOG: PostFeedSource = {
  ...{ kind: 'post-feed', id: 'blog' as SourceId, feedUrl: 'https://blog.example/feed', pollEveryMs: HOUR, language: 'ja' },
  onlyLabels: [],
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  judge: measureJudge,
  'store-60-days': () => measureStore(60, POSTS),
  'store-3-years': () => measureStore(3 * 365, 1_000),
}
const [asked] = process.argv.slice(2)
if (!existsSync(DATA)) console.log('skipped: the shared matching data is not there')
else if (asked !== undefined) await PARTS[asked]?.()
else for (const part of Object.keys(PARTS)) spawnSync(process.execPath, [fileURLToPath(import.meta.url), part], { stdio: 'inherit' })

async function measureJudge(): Promise<void> {
  const [articles, posts] = samples()
  const since = stopwatch()
  const judge = contentJudge(languageKnowledge())
  for (let at = 0; at < ARTICLES; at++) judge.add(articles(at, 60))
  const { articles: known, units } = judge.size()
  report(`judge: ${known} articles with ${units} expressions, lexicon included`, since())
  const span = { from: 0, to: NOW + 2 * DAY, outlets: [] }
  const candidates = (post: Post) => judge.within(span).candidates(post).length
  const judging = stopwatch()
  for (let at = 0; at < POSTS; at++) candidates(posts(at))
  report(`judge: ${POSTS} posts against them`, judging(), POSTS)
  report(`judge: (a) both, from cold; ${memory()}`, since())
  const one = stopwatch()
  for (let at = 0; at < 100; at++) candidates(posts(POSTS + at))
  report('judge: (b) one new post', one(), 100)
  const whole = stopwatch()
  for (let at = 0; at < 100; at++) candidates(posts(POSTS + at, 10_000))
  report('judge: (b) one new post in its full length', whole(), 100)
  const edited = stopwatch()
  for (let at = 0; at < 1_000; at++) judge.add(articles(ARTICLES + at, 60))
  report('judge: (c) one new article', edited(), 1_000)
}

async function measureStore(days: number, posts: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'match-scale-'))
  const file = join(folder, 'store.db')
  const name = `state file, ${ARTICLES} articles over ${days} days`
  try {
    {
      await using store = await openStore(file)
      await fill(store, days)
    }
    await using store = await openStore(file)
    const match = matching(store)
    const [articles, post] = samples()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const blocked = () => {
      const longest = `longest block ${Math.round(delay.max / 1e6)} ms`
      delay.reset()
      return longest
    }
    const timed = async (what: string, work: () => Promise<unknown>, of = 1) => {
      const since = stopwatch()
      await work()
      const spent = since()
      await new Promise(resolve => setTimeout(resolve, 20))
      report(`${name}: ${what}; ${blocked()}; ${memory()}`, spent, of)
    }
    await savePosts(store, [post(0)])
    await timed('one post, the first after a start (reads its window, and the lexicon)', match)
    const backlog = Array.from({ length: posts }, (_, at) => ({ ...post(at + 1), published: NOW - ((at * 37) % days) * DAY }))
    for (let at = 0; at < posts; at += 500) await savePosts(store, backlog.slice(at, at + 500))
    await timed(`${posts} posts`, match, posts)
    await timed(`the same judged anew`, () => match({ judgementDigest: 'another' }), posts)
    const rounds = 20
    const each = async (what: string, bring: (at: number) => Promise<void>) => {
      let spent = 0
      let judged = 0
      for (let at = 0; at < rounds; at++) {
        await bring(at)
        const since = performance.now()
        judged += (await match({ judgementDigest: 'another' })).judged
        spent += performance.now() - since
      }
      console.log(`${name}: ${what}: ${(spent / rounds).toFixed(1)} ms (${judged / rounds} posts judged each time)`)
    }
    const fresh = (at: number) => ({ ...post(posts + 1 + at), published: NOW - at * 3 * DAY })
    await each('(d) one new post', at => savePosts(store, [fresh(at)]))
    await each('(d) one new article', at => saveArticles(store, [articles(ARTICLES + at, 0)]))
    await each('(d) nothing new', async () => {})
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Articles and posts by number; a seventh have a number of their own in them. */
function samples() {
  const texts = read('dev.jsonl')
  const documents = [...texts, ...read('pool_dev.jsonl')]
  const article = (at: number, days: number): Article => {
    const { title, lead = '' } = documents[at % documents.length]?.en ?? { title: '' }
    const name = { key: `article${at}` as EntryKey, id: `https://outlet.example/${at}`, source: 'feed' as SourceId, outlet: OUTLET }
    const published = NOW - Math.round(((at % ARTICLES) / ARTICLES) * days * DAY)
    return { ...name, title: at % 7 === 0 ? `${title} ${at}` : title, text: lead.slice(0, LEAD), published, authors: [] }
  }
  const post = (at: number, characters = BODY): Post => {
    const { title, body } = texts[at % texts.length]?.ja ?? { title: '', body: '' }
    const headline = at % 7 === 0 ? `${title}${at}` : title
    return {
      ...{ key: `post${at}` as EntryKey, source: BLOG.id, id: `https://blog.example/${at}`, title: headline, headline, html: '' },
      ...{ outlets: [], labels: [], authors: [], language: 'ja', published: NOW, updated: NOW, text: body.slice(0, characters) },
      ...{ links: [], cited: [], englishLines: [], bylines: [] },
    }
  }
  return [article, post] as const
}

function read(name: string): readonly Document[] {
  const lines = readFileSync(new URL(name, DATA), 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line) as Document)
}

async function fill(store: Store, days: number): Promise<void> {
  const [articles] = samples()
  for (let start = 0; start < ARTICLES; start += 1_000)
    await saveArticles(
      store,
      Array.from({ length: 1_000 }, (_, at) => articles(start + at, days)),
    )
}

function incoming(role: 'article' | 'post', { key, id, title, published }: Article | Post, text: string): IncomingEntry {
  const entry: Entry = {
    id,
    published,
    title: { type: 'text', value: title },
    content: { type: 'html', value: `<p>${text}</p>` },
    ...NOBODY,
  }
  return { key, role, outlet: role === 'article' ? OUTLET : null, address: id.slice(8), title, titleKey: title, entry }
}

async function saveArticles(store: Store, articles: readonly Article[]): Promise<void> {
  await save(
    store,
    'feed' as SourceId,
    articles.map(article => incoming('article', article, article.text)),
  )
}

async function savePosts(store: Store, posts: readonly Post[]): Promise<void> {
  await save(
    store,
    BLOG.id,
    posts.map(post => incoming('post', post, post.text)),
  )
}

async function save(store: Store, source: SourceId, entries: readonly IncomingEntry[]): Promise<void> {
  await store.entries.saveEntries({ source, feed: NOBODY, entries, activeSources: new Set([source]), isComplete: false, now: Date.now })
}

function matching(store: Store): (changes?: Partial<MatchDeps>) => ReturnType<typeof matchPosts> {
  const directory = outletDirectory([
    { id: OUTLET, name: 'Outlet', hosts: ['outlet.example'], movedHosts: [], aliases: [], language: 'en', republish: 'excerpt' },
  ])
  const words = { glossary: [], dictionary: null }
  const deps: MatchDeps = {
    ...{ store, directory, postSources: [BLOG], pairs: [], judgementDigest: 'digest', windowMs: 60 * DAY, ...words },
    ...{ acceptAbove: 0.9, proposeAbove: 0.5, now: Date.now },
  }
  return changes => matchPosts({ ...deps, ...changes })
}

interface Spent {
  readonly ms: number
  /** Of all threads; less than `ms` where others had the machine. */
  readonly cpuMs: number
}

function stopwatch(): () => Spent {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
  }
}

function report(what: string, { ms, cpuMs }: Spent, of = 1): void {
  const each = of === 1 ? '' : `, ${(ms / of).toFixed(1)} ms each`
  console.log(`${what}: ${(ms / 1000).toFixed(2)} s${each} (${(cpuMs / 1000).toFixed(2)} s of CPU)`)
}

function memory(): string {
  return `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`
}
