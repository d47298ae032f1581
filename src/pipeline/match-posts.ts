import type { PostSource } from '../domain/outlet.ts'
import type { Post } from '../domain/post.ts'
import type { Clock, Instant } from '../domain/time.ts'
import type { OperatorWord } from '../match/operator-word.ts'
import type { StoredEntry } from '../store/entry-store.ts'
import type { Store } from '../store/store.ts'
import type { JudgeDeps } from './judge-entry.ts'

/** What matching needs of the world. */
export interface MatchDeps extends JudgeDeps {
  readonly store: Pick<Store, 'entries' | 'posts' | 'notices'>
  readonly postSources: readonly PostSource[]
  readonly pairs: readonly { readonly postUrl: string; readonly originalUrl: string | null; readonly where: string }[]
  readonly judgementDigest: string
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
const MATCHED_THROUGH = 'matched-through'

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
    if (entries.length === 0) return
    // Reading and judging bring much of the program with them, and most cycles have nothing to judge.
    const { judgeEntry } = await import('./judge-entry.ts')
    for (let start = 0; start < entries.length && !deps.signal?.aborted; start += BATCH) {
      const judged = []
      for (const entry of entries.slice(start, start + BATCH)) {
        const source = sources.get(entry.source)
        if (source === undefined || judgedNow.has(entry.key)) continue
        judgedNow.add(entry.key)
        const { post, judgement } = await judgeEntry(entry, source, operator, deps)
        judged.push({ entry, post, judgement, isTaken: isTaken(post, source) })
      }
      report.changed += await store.posts.save(judged, deps.judgementDigest, deps.now())
      report.judged += judged.length
    }
  }
  await store.posts.dropOtherSources([...sources.keys()])
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
