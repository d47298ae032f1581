import type { SourceId } from '../domain/identifiers.ts'
import type { Source } from '../domain/outlet.ts'
import type { PollState } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import { hostOf } from '../pipeline/poll-progress.ts'
import { nextPollAt } from '../schedule/next-poll.ts'
import { outsideSkipped } from '../schedule/publishing-rhythm.ts'

/**
 * The states of sources that a new config polls more often, with their next poll brought forward to the new interval
 * after the last one. What a publisher asked for still counts; a host that fails is left to its own pace.
 */
export function soonerPolls(
  change: { readonly before: readonly Source[]; readonly after: readonly Source[] },
  states: ReadonlyMap<SourceId, PollState>,
  now: Instant,
): ReadonlyMap<SourceId, PollState> {
  const formerEveryMs = new Map(change.before.map(({ id, pollEveryMs }) => [id, pollEveryMs]))
  const troubled = new Set([...states.values()].filter(({ failures }) => failures > 0).map(({ address }) => hostOf(address)))
  const sooner = new Map<SourceId, PollState>()
  for (const { id, pollEveryMs } of change.after) {
    const former = formerEveryMs.get(id)
    const state = states.get(id)
    if (former === undefined || pollEveryMs >= former || state === undefined || state.lastPollAt === null) continue
    // Later than the former interval it is being polled at this moment, or somebody asked for the wait.
    if (state.failures > 0 || now >= state.lastPollAt + former) continue
    const host = hostOf(state.address)
    if (host !== '' && troubled.has(host)) continue
    const dueAt = dueAfter(state.lastPollAt, pollEveryMs, state)
    if (dueAt < state.nextPollAt) sooner.set(id, { ...state, nextPollAt: dueAt })
  }
  return sooner
}

function dueAfter(lastPollAt: Instant, everyMs: number, { memory }: PollState): Instant {
  const askedMs = [memory?.rhythmMs, memory?.requestedMs, memory?.freshForMs]
  return outsideSkipped(nextPollAt(lastPollAt, { everyMs, failures: 0, askedMs, jitter: 0 }), memory ?? {})
}
