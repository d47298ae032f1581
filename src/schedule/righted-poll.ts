import type { PollState, SourceMemory } from '../domain/poll.ts'
import { DAY, type Instant } from '../domain/time.ts'
import { longestWaitMs } from './next-poll.ts'

// A publisher may want six days of a week skipped, and hours beside them.
const LONGEST_SKIP = 8 * DAY

/**
 * The state of a source as it should be, where a clock that ran ahead and was set right since has left times that cannot be
 * meant: a poll that lies in the future was done by now and keeps its wait, and what is put off for longer than anything
 * could put it off is due. Undefined where nothing is to be changed. A feed that is gone stays so.
 */
export function rightedPoll(state: PollState, everyMs: number, now: Instant): PollState | undefined {
  const aheadMs = (state.lastPollAt ?? 0) - now
  const past = aheadMs > 0 ? pushedBack(state, aheadMs, now) : state
  const { nextPollAt, memory, lastResult } = past
  const skips = (memory?.skipHours.length ?? 0) + (memory?.skipDays.length ?? 0) > 0
  const isMeant = lastResult === 'gone' || nextPollAt <= now + longestWaitMs(everyMs) + (skips ? LONGEST_SKIP : 0)
  if (!isMeant) return { ...past, nextPollAt: now }
  return past === state ? undefined : past
}

function pushedBack(state: PollState, aheadMs: number, now: Instant): PollState {
  const { nextPollAt, lastPollAt, lastSuccessAt, lastChangeAt, memory } = state
  const byNow = (at: Instant | null) => (at === null ? null : Math.min(at, now))
  return {
    ...state,
    // Whoever has claimed it since knows what time it is.
    nextPollAt: nextPollAt > (lastPollAt ?? 0) ? nextPollAt - aheadMs : nextPollAt,
    lastPollAt: now,
    lastSuccessAt: byNow(lastSuccessAt),
    lastChangeAt: byNow(lastChangeAt),
    memory: memory === null ? null : { ...memory, wholeAt: byNow(memory.wholeAt), ...wordpressPushedBack(memory, aheadMs, now) },
  }
}

function wordpressPushedBack({ wordpress }: SourceMemory, aheadMs: number, now: Instant): Pick<SourceMemory, 'wordpress'> {
  if (wordpress === undefined) return {}
  const { askedAt, notBefore, knownUntil } = wordpress
  const times = { askedAt: Math.min(askedAt, now), notBefore: notBefore - aheadMs, knownUntil: Math.min(knownUntil, now) }
  return { wordpress: { ...wordpress, ...times } }
}
