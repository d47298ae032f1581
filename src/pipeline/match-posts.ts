import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PostSource } from '../domain/outlet.ts'
import type { Post } from '../domain/post.ts'
import type { Clock, Instant } from '../domain/time.ts'
import type { OperatorWord } from '../match/operator-word.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { FreshlyJudged } from '../store/post-store.ts'
import type { Store } from '../store/store.ts'
import type { JudgeDeps } from './judge-entry.ts'
import { knownLearned, learn } from './learned-words.ts'
import { takeLessons } from './take-lessons.ts'

/** What matching needs of the world. */
export interface MatchDeps extends JudgeDeps {
  readonly store: Pick<Store, 'entries' | 'posts' | 'notices' | 'lessons'>
  readonly postSources: readonly PostSource[]
  readonly pairs: readonly { readonly postUrl: string; readonly originalUrl: string | null; readonly where: string }[]
  readonly judgementDigest: string
  readonly now: Clock
  /** Told of every post that was judged; `of` grows when articles turn out to concern more of them. */
  readonly onProgress?: (done: number, of: number) => void
}

/** What a run of matching did. */
export interface MatchReport {
  /** Posts that were read and judged. */
  readonly judged: number
  /** Judgements that differ from what was stored. */
  readonly changed: number
}

// Together they are stored; whoever wants to be served meanwhile waits for that, some ten milliseconds.
const PAGE = 50
const MATCHED_THROUGH = 'matched-through'
const RESCORED = 'rescored'

/**
 * Judges the posts whose judgement may have changed: those that are new, were edited, or were judged under another
 * config, and those that articles seen since might settle. Running it again changes nothing. Others have their turn after
 * every post; what was judged until `signal` is aborted is stored, and the next run does the rest.
 */
export async function matchPosts(deps: MatchDeps): Promise<MatchReport> {
  const { store, judgementDigest, signal } = deps
  const sources = deps.postSources.map(({ id }) => id as string)
  await store.posts.dropOtherSources(sources)
  // First: articles that another process stores while posts are judged are left to the next run.
  const since = await matchedThrough(store)
  const changes = await store.entries.articleChanges(since)
  const run = matchRun({ ...deps, taught: await knownLearned(store) }, () => store.posts.staleCount(judgementDigest, sources))
  await run.judgeAll(after => store.posts.stale(judgementDigest, sources, PAGE, after))
  if (changes !== undefined && !signal?.aborted) {
    await run.judgeAll(after => store.posts.unsettled(since, changes.oldestPublished, PAGE, after))
    if (!signal?.aborted) await store.notices.put(MATCHED_THROUGH, changes.newestChange + 1, deps.now())
  }
  if (signal?.aborted) return run.report
  return await withLessons(deps, run.report)
}

/** Learns from what is linked now, and judges anew by it what is not. */
async function withLessons(deps: MatchDeps, before: MatchReport): Promise<MatchReport> {
  const { store, signal, now } = deps
  await takeLessons(deps, async () => (await import('./judge-entry.ts')).knowledgeOf(deps))
  if (signal?.aborted) return before
  await learn(store, now())
  const taught = await knownLearned(store)
  const rescored = (await store.notices.get(RESCORED))?.document ?? ''
  if (rescored === taught.edition) return before
  const run = matchRun({ ...deps, taught })
  await run.judgeAll(after => store.posts.judgedByContent(PAGE, after))
  if (!signal?.aborted) await store.notices.put(RESCORED, taught.edition, now())
  return { judged: before.judged + run.report.judged, changed: before.changed + run.report.changed }
}

/**
 * Judges pages of posts, each post once.
 *
 * @param expected how many there will be; asked where there is more than a page
 */
function matchRun(deps: MatchDeps, expected: () => Promise<number> = async () => 0) {
  const { store, signal, judgementDigest } = deps
  const sources = new Map(deps.postSources.map(source => [source.id as string, source]))
  const operator = operatorWords(deps)
  const report = { judged: 0, changed: 0 }
  const judgedNow = new Set<string>()
  let of = 0
  const judgePage = async (entries: readonly StoredEntry[]) => {
    // Reading and judging bring much of the program with them, and most cycles have nothing to judge.
    const { judgeEntry, refreshArchive } = await import('./judge-entry.ts')
    const judged: FreshlyJudged[] = []
    try {
      await refreshArchive(deps)
      for (const entry of entries) {
        const source = sources.get(entry.source)
        if (source === undefined || judgedNow.has(entry.key)) continue
        await nextTurn(undefined, { signal })
        const { post, judgement } = await judgeEntry(entry, source, operator, deps)
        judged.push({ entry, post, judgement, isTaken: isTaken(post, source) })
        judgedNow.add(entry.key)
        deps.onProgress?.(judgedNow.size, Math.max(of, judgedNow.size))
      }
    } catch (error) {
      if (!signal?.aborted) throw error
    }
    report.changed += await store.posts.save(judged, judgementDigest, deps.now())
    report.judged += judged.length
  }
  return {
    report,
    judgeAll: async (next: (after?: StoredEntry) => Promise<readonly StoredEntry[]>) => {
      let page = await next()
      of = Math.max(of, page.length < PAGE ? page.length : await expected())
      for (; page.length > 0 && !signal?.aborted; page = page.length < PAGE ? [] : await next(page.at(-1))) {
        await nextTurn()
        await judgePage(page)
      }
    },
  }
}

function isTaken(post: Post, { onlyLabels }: PostSource): boolean {
  return onlyLabels.length === 0 || onlyLabels.some(label => post.labels.includes(label.normalize('NFC')))
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
