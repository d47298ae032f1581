import type { Article } from '../domain/article.ts'
import type { Judgement } from '../domain/match.ts'
import type { PostSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { Post } from '../domain/post.ts'
import { type Clock, DAY, type Instant } from '../domain/time.ts'
import { judgePost } from '../match/judge-post.ts'
import { type ArticleQuestions, articleQuestions, type KnownArticles } from '../match/known-articles.ts'
import type { OperatorWord } from '../match/operator-word.ts'
import { readPost } from '../posts/read-post.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { Store } from '../store/store.ts'

/** What matching needs of the world. */
export interface MatchDeps {
  readonly store: Pick<Store, 'entries' | 'posts' | 'notices'>
  readonly directory: OutletDirectory
  readonly postSources: readonly PostSource[]
  readonly pairs: readonly { readonly postUrl: string; readonly originalUrl: string | null; readonly where: string }[]
  readonly judgementDigest: string
  readonly windowMs: number
  readonly proposeAbove: number
  readonly now: Clock
  readonly signal?: AbortSignal
}

/** What a run of matching did. */
export interface MatchReport {
  /** Posts that were read and judged. */
  readonly judged: number
  /** Judgements that differ from what was stored. */
  readonly changed: number
}

const BATCH = 200
const SPAN_LIMIT = 2_000
const MATCHED_THROUGH = 'matched-through'
const ADDRESSED_BY = 'addressed-by'

/**
 * Judges the posts whose judgement may have changed: those that are new, were edited, or were judged under another
 * config, and those that articles seen since might settle. Running it again changes nothing.
 */
export async function matchPosts(deps: MatchDeps): Promise<MatchReport> {
  const { store } = deps
  const sources = new Map(deps.postSources.map(source => [source.id as string, source]))
  const operator = operatorWords(deps)
  const report = { judged: 0, changed: 0 }
  const judgedNow = new Set<string>()
  const judgeAll = async (entries: readonly StoredEntry[]) => {
    for (let start = 0; start < entries.length && !deps.signal?.aborted; start += BATCH) {
      const judged = []
      for (const entry of entries.slice(start, start + BATCH)) {
        const source = sources.get(entry.source)
        if (source === undefined || judgedNow.has(entry.key)) continue
        judgedNow.add(entry.key)
        const { post, judgement } = await judge(entry, source, operator, deps)
        judged.push({ entry, post, judgement, isTaken: isTaken(post, source) })
      }
      report.changed += await store.posts.save(judged, deps.judgementDigest, deps.now())
      report.judged += judged.length
    }
  }
  await store.posts.dropOtherSources([...sources.keys()])
  await readdress(deps)
  const since = await matchedThrough(store)
  for (;;) {
    const stale = await store.posts.stale(deps.judgementDigest, [...sources.keys()], BATCH)
    if (stale.length === 0 || deps.signal?.aborted) break
    await judgeAll(stale)
  }
  const changes = await store.entries.articleChanges(since)
  if (changes === undefined || deps.signal?.aborted) return report
  await judgeAll(await store.posts.unsettled(since, changes.oldestPublished))
  if (!deps.signal?.aborted) await store.notices.put(MATCHED_THROUGH, changes.newestChange + 1, deps.now())
  return report
}

/** Hosts that have moved in the config move stored addresses too; what was polled is not fetched again for it. */
async function readdress({ store, directory, now }: MatchDeps): Promise<void> {
  const moves = JSON.stringify(directory.all.map(({ movedHosts }) => movedHosts))
  if ((await store.notices.get(ADDRESSED_BY))?.document === moves) return
  await store.entries.readdress(url => directory.address(url) ?? null, now)
  await store.notices.put(ADDRESSED_BY, moves, now())
}

async function judge(
  entry: StoredEntry,
  source: PostSource,
  operator: ReadonlyMap<string, OperatorWord>,
  deps: MatchDeps,
): Promise<{ readonly post: Post; readonly judgement: Judgement }> {
  const read = readPost(entry.entry, source, entry.key, entry.firstSeen, deps.directory, entry.facts)
  const post = { ...read, published: entry.published, updated: entry.updated }
  const word = entry.address === null ? undefined : operator.get(entry.address)
  const addresses = [word?.url, post.stated?.url].flatMap(url => (url == null ? [] : (deps.directory.address(url) ?? [])))
  const known = await answer(articleQuestions(post, deps.windowMs, addresses), deps)
  const { directory, proposeAbove } = deps
  return { post, judgement: judgePost(post, known, { operator: word, directory, proposeAbove }) }
}

function isTaken(post: Post, { onlyLabels }: PostSource): boolean {
  return onlyLabels.length === 0 || onlyLabels.some(label => post.labels.includes(label.normalize('NFC')))
}

async function answer(questions: ArticleQuestions, { store: { entries } }: MatchDeps): Promise<KnownArticles> {
  const onDays = (day: Instant) => entries.articlesBetween({ from: day - DAY, to: day + 2 * DAY, outlets: [], limit: SPAN_LIMIT })
  const [byAddress, byTitle, inSpan, ...days] = await Promise.all([
    entries.articlesByAddress(questions.addresses),
    entries.articlesByTitleKey(questions.titleKeys),
    entries.articlesBetween({ ...questions.span, limit: SPAN_LIMIT }),
    ...questions.days.map(onDays),
  ])
  return { byAddress, byTitle, inSpan, onDays: distinct(days.flat()) }
}

function distinct(articles: readonly Article[]): readonly Article[] {
  return [...new Map(articles.map(article => [article.key, article])).values()]
}

function operatorWords({ pairs, directory }: MatchDeps): ReadonlyMap<string, OperatorWord> {
  const words = new Map<string, OperatorWord>()
  for (const { postUrl, originalUrl, where } of pairs) {
    const address = directory.address(postUrl)
    if (address !== undefined) words.set(address, { url: originalUrl, where })
  }
  return words
}

async function matchedThrough(store: Pick<Store, 'notices'>): Promise<Instant> {
  const notice = await store.notices.get(MATCHED_THROUGH)
  return typeof notice?.document === 'number' ? notice.document : 0
}
