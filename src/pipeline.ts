import type { SourceId } from './domain/identifiers.ts'
import type { Source } from './domain/outlet.ts'
import type { PollState } from './domain/poll.ts'
import type { Clock, Instant } from './domain/time.ts'
import { hostLanes } from './pipeline/host-lanes.ts'
import { type MatchDeps, type MatchReport, matchPosts } from './pipeline/match-posts.ts'
import type { PollDeps, PollReport } from './pipeline/poll-progress.ts'
import { hostOf } from './pipeline/poll-progress.ts'
import { pollSource } from './pipeline/poll-source.ts'
import type { PublishDeps, PublishReport } from './pipeline/publish-deps.ts'
import { publishFeeds } from './pipeline/publish-feeds.ts'
import { readdress } from './pipeline/readdress.ts'
import { rightPolls } from './pipeline/right-polls.ts'
import { offsetOf } from './schedule/next-poll.ts'
import type { ScheduledSource } from './store/source-store.ts'
import type { Store } from './store/store.ts'

/** What polling works with and on. */
export interface PollingDeps {
  readonly sources: readonly Source[]
  /** `due` polls what is due, `all` every source, `none` only matches and publishes what is stored. */
  readonly which: 'due' | 'all' | 'none'
  readonly concurrency: number
  /** Sources of one host that are polled at once; 2 unless given. */
  readonly perHost?: number
  readonly store: Store
  readonly poll: PollDeps
  readonly onPoll?: (report: PollReport, progress: { readonly done: number; readonly of: number }) => void
  readonly now: Clock
  readonly signal?: AbortSignal
}

/** What one cycle works with and on. */
export interface CycleDeps extends PollingDeps {
  readonly match: MatchDeps
  readonly publish: PublishDeps
  readonly onStage?: (stage: 'poll' | 'match' | 'publish') => void
  readonly onMatch?: (done: number, of: number) => void
}

export interface CycleReport {
  readonly polls: readonly PollReport[]
  readonly match: MatchReport
  readonly publish: PublishReport
  readonly durationMs: number
}

// Two rounds of work for every worker: few enough that what is claimed is polled within its lease.
const CLAIMS_PER_WORKER = 2
const PER_HOST = 2

/** The product on one page: poll what is due, judge what may have changed, publish what did. */
export async function runCycle(deps: CycleDeps): Promise<CycleReport> {
  const startedAt = deps.now()
  // What is polled next is addressed as it should be; only what was stored before may not be.
  await readdress(deps.match)
  deps.onStage?.('poll')
  const polls = deps.which === 'none' ? [] : await pollSources(deps)
  deps.onStage?.('match')
  const match = await matchPosts({ ...deps.match, ...(deps.onMatch === undefined ? {} : { onProgress: deps.onMatch }) })
  deps.onStage?.('publish')
  const publish = await publishFeeds(deps.publish)
  return { polls, match, publish, durationMs: deps.now() - startedAt }
}

/** A source as the store schedules it; a new one is due at once. */
export function scheduled(source: Source, now: Instant): ScheduledSource {
  if (source.kind === 'post-folder') return { id: source.id, address: source.folder, host: '', firstPollAt: now, hasPosts: true }
  const feed = { id: source.id, address: source.feedUrl, host: hostOf(source.feedUrl), firstPollAt: now }
  return source.kind === 'post-feed' ? { ...feed, hasPosts: true } : { ...feed, hasPosts: false, outlet: source.outlet }
}

/** Polls sources as a cycle does; the reports come in the order of their ids. */
export async function pollSources(deps: PollingDeps): Promise<readonly PollReport[]> {
  await rightPolls(deps)
  const byId = new Map(deps.sources.map(source => [source.id, source]))
  const reports: PollReport[] = []
  const claim = claimer(deps, [...byId.keys()])
  // A pause that a host asks for reaches those of its sources that still wait for their turn.
  const lanes = hostLanes(deps.perHost ?? PER_HOST)
  let of = 0
  const pollOne = async ({ id, state, notBefore }: Claimed) => {
    const source = byId.get(id)
    if (source === undefined) return
    const report = await pollSource(source, state, deps.poll, notBefore)
    reports.push(report)
    deps.onPoll?.(report, { done: reports.length, of })
  }
  try {
    for (let claimed = await claim(); claimed.length > 0 && !deps.signal?.aborted; claimed = await claim()) {
      of = deps.which === 'all' ? byId.size : of + claimed.length
      for (const one of claimed) lanes.add(hostOf(one.state.address) || one.id, () => pollOne(one))
      // A source that takes its time holds up nobody but those behind it at its host.
      await lanes.fewerThan(deps.concurrency)
    }
  } finally {
    await lanes.finished()
  }
  return reports.toSorted((a, b) => (a.source < b.source ? -1 : 1))
}

interface Claimed {
  readonly id: SourceId
  readonly state: PollState
  /** When it would have been due; absent where it is. */
  readonly notBefore?: Instant
}

/** Claims in portions: what is not yet begun stays free for other workers, and for us if we die. */
function claimer({ store, which, concurrency, now, poll }: PollingDeps, ids: readonly SourceId[]): () => Promise<readonly Claimed[]> {
  const portion = concurrency * CLAIMS_PER_WORKER
  // What falls due while the cycle runs waits for the next one, or a cycle might never end.
  const dueAt = now()
  const left = ids.toSorted((a, b) => offsetOf(a) - offsetOf(b))
  return async () => {
    const leaseUntil = now() + poll.leaseMs
    if (which === 'due') return claimedOf(await store.sources.claim({ ids, leaseUntil, dueAt, limit: portion }))
    const next = left.splice(0, portion)
    const before = await store.sources.states(next)
    return claimedOf(await store.sources.claim({ ids: next, leaseUntil }), before)
  }
}

function claimedOf(states: ReadonlyMap<SourceId, PollState>, before?: ReadonlyMap<SourceId, PollState>): readonly Claimed[] {
  return [...states].map(([id, state]) => {
    const notBefore = before?.get(id)?.nextPollAt
    return notBefore === undefined ? { id, state } : { id, state, notBefore }
  })
}
