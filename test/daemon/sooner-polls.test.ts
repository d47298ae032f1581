import { describe, expect, it } from 'vitest'
import { soonerPolls } from '../../src/daemon/sooner-polls.ts'
import type { SourceId } from '../../src/domain/identifiers.ts'
import type { Source } from '../../src/domain/outlet.ts'
import type { PollState, SourceMemory } from '../../src/domain/poll.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'

const LAST = Date.parse('2026-03-01T00:00:00Z')
const NOW = LAST + HOUR
const ID = 'blog' as SourceId

const aSource = (pollEveryMs: number, id = ID): Source => ({
  ...{ kind: 'post-feed', id, feedUrl: 'https://b.example/feed', pollEveryMs, language: 'ja', onlyLabels: [] },
})
const aState = (changes: Partial<PollState> = {}): PollState => ({
  ...{ nextPollAt: LAST + 6 * HOUR, validators: {}, failures: 0, lastPollAt: LAST, lastSuccessAt: LAST, lastChangeAt: null },
  ...{ lastResult: 'ok', lastDetail: '', bodyDigest: null, resumeAt: null, address: 'https://b.example/feed', memory: null },
  ...changes,
})
const aMemory = (changes: Partial<SourceMemory>): SourceMemory => ({
  ...{ rhythmMs: 0, silenceMs: null, requestedMs: 0, skipHours: [], skipDays: [], newestAt: null, wholeAt: null, movedTo: null },
  moveSightings: 0,
  ...changes,
})
const dueAt = (everyMs: number, state: PollState, others: readonly [string, PollState][] = []) => {
  const states = new Map([[ID, state], ...others.map(([id, other]) => [id as SourceId, other] as const)])
  return soonerPolls({ before: [aSource(6 * HOUR)], after: [aSource(everyMs)] }, states, NOW).get(ID)?.nextPollAt
}

describe('soonerPolls', () => {
  const cases: readonly [name: string, everyMs: number, state: Partial<PollState>, expected: number | undefined][] = [
    ['is due a shorter interval after its last poll', 2 * HOUR, {}, LAST + 2 * HOUR],
    ['is due at once when the shorter interval is over', 15 * MINUTE, {}, LAST + 15 * MINUTE],
    ['stays as it is when the interval grows', 12 * HOUR, {}, undefined],
    ['stays as it is when the interval stays', 6 * HOUR, {}, undefined],
    ['stays as it is when it is due sooner anyway', 2 * HOUR, { nextPollAt: NOW }, undefined],
    ['stays as it is when it was never polled', 2 * HOUR, { lastPollAt: null }, undefined],
    ['keeps its distance while it fails', 15 * MINUTE, { failures: 2 }, undefined],
    ['is left to who polls it now', 15 * MINUTE, { lastPollAt: NOW - 7 * HOUR, nextPollAt: NOW + 3 * MINUTE }, undefined],
    ['waits as long as its document asks for', 15 * MINUTE, { memory: aMemory({ requestedMs: 3 * HOUR }) }, LAST + 3 * HOUR],
    ['waits as long as its rhythm suggests', 15 * MINUTE, { memory: aMemory({ rhythmMs: DAY }) }, undefined],
  ]
  for (const [name, everyMs, state, expected] of cases) it(`${name}`, () => expect(dueAt(everyMs, aState(state))).toBe(expected))

  it('leaves a host alone that another source has found in trouble', () => {
    const failing = aState({ failures: 1, lastResult: 'rate-limited' })
    expect(dueAt(15 * MINUTE, aState(), [['other', failing]])).toBeUndefined()
    expect(dueAt(15 * MINUTE, aState(), [['other', { ...failing, address: 'https://c.example/' }]])).toBe(LAST + 15 * MINUTE)
  })

  it('keeps all else that is known of the source', () => {
    const state = aState({ validators: { etag: '"x"' }, bodyDigest: 'd' })
    const changed = soonerPolls({ before: [aSource(6 * HOUR)], after: [aSource(HOUR)] }, new Map([[ID, state]]), NOW).get(ID)
    expect(changed).toEqual({ ...state, nextPollAt: LAST + HOUR })
  })
})
