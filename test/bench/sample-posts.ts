import { existsSync, readFileSync } from 'node:fs'
import type { EntryKey, OutletId, SourceId } from '../../src/domain/identifiers.ts'
import type { Outlet, OutletSource, PostFeedSource } from '../../src/domain/outlet.ts'
import type { OutletDirectory } from '../../src/domain/outlet-directory.ts'
import { DAY, HOUR, type Instant } from '../../src/domain/time.ts'
import { incomingEntry } from '../../src/pipeline/incoming-entry.ts'
import { readPost } from '../../src/posts/read-post.ts'
import type { FreshlyJudged } from '../../src/store/post-store.ts'
import type { Store } from '../../src/store/store.ts'

/** The blog that the sample posts come from. */
export const BLOG: PostFeedSource = {
  ...{ kind: 'post-feed', id: 'blog' as SourceId, feedUrl: 'https://blog.example.jp/feed', pollEveryMs: HOUR, language: 'ja' },
  onlyLabels: [],
}

/** The outlets whose articles every other sample post translates. */
export const OUTLETS: readonly Outlet[] = ['Harbor Review', 'Northern Strategist', 'The Open Ledger', 'Meridian Affairs'].map(name => {
  const id = name.toLowerCase().replaceAll(' ', '-')
  const place = { homepage: `https://${id}.example/`, hosts: [`${id}.example`], movedHosts: [] }
  return { id: id as OutletId, name, ...place, aliases: [], language: 'en', republish: 'excerpt', rights: `© ${name}` }
})

const SOURCES: readonly OutletSource[] = OUTLETS.map(({ id }) => {
  return { kind: 'outlet', id: `${id}-feed` as SourceId, outlet: id, feedUrl: `https://${id}.example/feed`, pollEveryMs: HOUR }
})

const NEWEST = Date.parse('2026-03-01T00:00:00Z')
// Eight years of three or four posts a day.
const APART_MS = 7 * HOUR
const NOBODY = { authors: [], contributors: [], categories: [], links: [] }
const STORED_AT_A_TIME = 500

/**
 * Stores sample posts of 2 to 8 kB of Japanese HTML as they are after matching: number 0 is the newest, every other one
 * has an original, and each carries one of so many labels in turn.
 *
 * @param edition another one gives the same posts other words
 */
export async function storePosts(
  numbers: readonly number[],
  store: Store,
  directory: OutletDirectory,
  { labels, edition, now }: { readonly labels: number; readonly edition: number; readonly now: () => Instant },
): Promise<void> {
  for (let at = 0; at < numbers.length; at += STORED_AT_A_TIME) {
    const some = numbers.slice(at, at + STORED_AT_A_TIME)
    for (const source of SOURCES) {
      const ofSource = some.filter(number => isTranslation(number) && outletOf(number).id === source.outlet)
      await save(store, source, directory, ofSource.map(articleOf), now)
    }
    const entries = some.map(number => postOf(number, labels, edition))
    await save(store, BLOG, directory, entries, now)
    const keys = new Map(some.map((number, index) => [number, entries[index]]))
    await store.posts.save(await judged(keys, store, directory), 'digest', now())
  }
}

/** Stores an article that nobody has translated: an edit of it shows on no page and in no feed of translations. */
export async function storeLooseArticle(store: Store, directory: OutletDirectory, edition: number, now: () => Instant): Promise<void> {
  const [source] = SOURCES
  const url = 'https://harbor-review.example/articles/loose'
  const title = { type: 'text', value: `An article for nobody, edition ${edition}` } as const
  if (source !== undefined) await save(store, source, directory, [{ id: url, url, ...NOBODY, title, published: NEWEST }], now)
}

/** Where a sample post is published, which tells the documents that show it. */
export function addressOf(number: number): string {
  return `https://blog.example.jp/posts/${number}.html`
}

/** The key under which a sample post is stored. */
export function keyOf(number: number, directory: OutletDirectory): EntryKey {
  return incomingEntry({ ...postOf(number, 1, 0) }, BLOG, directory).key
}

async function save(
  store: Store,
  source: PostFeedSource | OutletSource,
  directory: OutletDirectory,
  entries: readonly Entry[],
  now: () => Instant,
): Promise<void> {
  const incoming = entries.map(entry => incomingEntry(entry, source, directory))
  const feed = { ...NOBODY, title: { type: 'text', value: source === BLOG ? '対訳ノート' : source.id } } as const
  await store.entries.saveEntries({ source: source.id, feed, entries: incoming, activeSources: new Set([source.id]), now })
}

type Entry = Parameters<typeof incomingEntry>[0]

async function judged(
  posts: ReadonlyMap<number, Entry | undefined>,
  store: Store,
  directory: OutletDirectory,
): Promise<readonly FreshlyJudged[]> {
  const result: FreshlyJudged[] = []
  for (const [number, written] of posts) {
    const entry = written === undefined ? undefined : await store.entries.byKey(incomingEntry(written, BLOG, directory).key)
    if (entry === undefined) continue
    const post = readPost(entry.entry, BLOG, entry.key, entry.firstSeen, directory)
    result.push({ entry, post, judgement: judgementOf(number, post.key, directory), isTaken: true })
  }
  return result
}

function judgementOf(number: number, post: EntryKey, directory: OutletDirectory): FreshlyJudged['judgement'] {
  if (!isTranslation(number)) return { kind: 'none', post, because: 'it cites no address of a known outlet', runnersUp: [] }
  const outlet = outletOf(number)
  const article = articleOf(number)
  const url = article.url ?? ''
  const source = SOURCES.find(candidate => candidate.outlet === outlet.id)
  const key = source === undefined ? null : incomingEntry(article, source, directory).key
  const original = { entry: key, outlet: outlet.id, url, address: directory.address(url) ?? null, title: article.title?.value ?? null }
  const evidence = [{ kind: 'cited-address', url, as: 'link', isCredit: true }] as const
  const match = { post, state: 'accepted', decidedBy: 'machine', original, tier: 2, score: 1, evidence, runnersUp: [] } as const
  return { kind: 'match', match }
}

function isTranslation(number: number): boolean {
  return number % 2 === 0
}

function outletOf(number: number): Outlet {
  const outlet = OUTLETS[(number / 2) % OUTLETS.length]
  if (outlet === undefined) throw new Error(`expected the number of a translation, got ${number}`)
  return outlet
}

function articleOf(number: number): Entry {
  const outlet = outletOf(number)
  const url = `https://${outlet.id}.example/articles/${number}`
  const lead = 'The agreement leaves the hardest questions to the next round, and both sides know that time is not on their side.'
  return {
    ...{ id: url, url, ...NOBODY, authors: [{ name: `Author ${number % 90}` }] },
    title: { type: 'text', value: `What the talks of round ${number} leave open` },
    summary: { type: 'text', value: lead },
    published: NEWEST - number * APART_MS - 3 * DAY,
  }
}

function postOf(number: number, labels: number, edition: number): Entry {
  const words = wordsFor(number, edition)
  const title = `${words.subject()}をめぐる第${number}回協議の行方${edition === 0 ? '' : `(改訂${edition})`}`
  const url = addressOf(number)
  return {
    ...{ id: url, url, ...NOBODY, authors: [{ name: '翻訳者' }], categories: [{ term: labelOf(number % labels) }] },
    title: { type: 'text', value: isTranslation(number) ? `${title}(${outletOf(number).name})` : title },
    content: { type: 'html', value: htmlOf(number, words.sentence) },
    published: NEWEST - number * APART_MS,
    updated: NEWEST - number * APART_MS + edition * HOUR,
  }
}

const FIELDS = ['外交', '軍事', '経済', '歴史', '社会', '科学', '文化', '環境', '教育', '司法']
const REGIONS = ['東アジア', '欧州', '中東', '北米', '南アジア']

function labelOf(index: number): string {
  return `${REGIONS[index % REGIONS.length]}の${FIELDS[Math.floor(index / REGIONS.length) % FIELDS.length]}`
}

/** As a blog on Blogger has it: a picture above, styled paragraphs with line breaks, a tracking pixel, the source below. */
function htmlOf(number: number, sentence: () => string): string {
  const image = `https://images.example.jp/${number}/s320/photo.jpg`
  const picture = `<div class="separator" style="clear: both; text-align: center;"><a href="${image}" imageanchor="1" style="margin-left: 1em;"><img border="0" src="${image}" width="320" height="213" alt="写真" /></a></div>`
  const parts = [picture]
  // Between 2 and 8 kB, of which a Japanese letter takes three bytes.
  const wantedBytes = 2_000 + ((number * 7919) % 6_000)
  for (let bytes = 600; bytes < wantedBytes; ) {
    const paragraph = `<p style="font-size: medium;">${sentence()}${sentence()}<br />\n<b>${sentence()}</b></p>`
    bytes += Buffer.byteLength(paragraph)
    parts.push(paragraph)
  }
  const pixel = '<img src="https://tracker.example/pixel.gif" width="1" height="1" />'
  return [
    ...parts,
    pixel,
    isTranslation(number) ? `<p>原文:<a href="${articleOf(number).url}">${articleOf(number).title?.value}</a></p>` : '',
  ].join('\n')
}

const SUBJECTS = [
  ...['海上輸送', '半導体の供給網', '停戦監視', '再生可能エネルギー', '国境貿易'],
  ...['核軍縮', '海底ケーブル', '農産物関税', '宇宙開発', '難民支援'],
]
const ACTORS = [
  ...['同国政府', '欧州委員会', '国務省の高官', '現地の研究者', '与党の議員団'],
  ...['国際機関', '業界団体', '元駐日大使', '中央銀行', '沿岸の自治体'],
]
const SENTENCES: readonly ((subject: string, actor: string, figure: number) => string)[] = [
  (subject, actor, figure) => `${actor}は${subject}について、今後${figure}年の間に見直しが必要になるとの見方を示した。`,
  (subject, actor, figure) => `${subject}に関する予算は前年度から${figure}パーセント増え、${actor}はその使い道の説明に追われている。`,
  (subject, actor) => `もっとも、${actor}の間でも${subject}への評価は割れている。`,
  (subject, actor, figure) => `${figure}人の専門家がまとめた報告書によれば、${subject}の遅れは${actor}の想定を大きく上回っていた。`,
  (subject, actor) => `「${subject}を後回しにすれば、次の世代に重い負担を残すことになる」と${actor}は警告する。`,
  (subject, actor, figure) =>
    `交渉は${figure}回目を数えたが、${subject}をめぐる溝は埋まらず、${actor}は持ち帰って検討すると述べるにとどめた。`,
  (subject, actor) => `こうした動きの背景には、${subject}を成長の柱に据えようとする${actor}の思惑がある。`,
]

// Made up from a few sentences, texts are compressed far better than real ones, and in a fraction of the time.
const SHARED = new URL('../../../shared/data/matching/dev.jsonl', import.meta.url)
const REAL: readonly string[] = existsSync(SHARED) ? readFileSync(SHARED, 'utf8').trim().split('\n').flatMap(sentencesIn) : []

/** Where the words of the sample posts come from, for the report. */
export const WORDS =
  REAL.length > 0 ? `sentences from the shared translations (${REAL.length})` : 'made-up sentences (the shared data is not there)'

function sentencesIn(line: string): readonly string[] {
  const { ja } = JSON.parse(line) as { readonly ja: { readonly body: string } }
  return (ja.body.match(/[^。\n]{10,150}。/g) ?? []).map(sentence => sentence.trim().replace(/[&<>]/g, ''))
}

interface Words {
  readonly subject: () => string
  readonly sentence: () => string
}

function wordsFor(number: number, edition: number): Words {
  let state = (number * 2_654_435_761 + edition * 97 + 1) >>> 0
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const oneOf = <T>(items: readonly T[]) => items[next(items.length)]
  const subject = () => oneOf(SUBJECTS) ?? ''
  return {
    subject,
    sentence: () => oneOf(REAL) ?? SENTENCES[next(SENTENCES.length)]?.(subject(), oneOf(ACTORS) ?? '', 2 + next(58)) ?? '',
  }
}
