import { describe, expect, it } from 'vitest'
import type { PollState } from '../../src/domain/poll.ts'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { rightedPoll } from '../../src/schedule/righted-poll.ts'
import { NO_MEMORY } from '../../src/schedule/source-memory.ts'
import { aState, NOW } from '../store/samples.ts'

const YEARS = 3 * 365 * DAY

/** A source that is polled once an hour and was polled `ahead` from now, as a clock had it. */
function polledAhead(ahead: number, changes: Partial<PollState> = {}): PollState {
  const at = NOW + ahead
  return aState({ nextPollAt: at + HOUR, lastPollAt: at, lastSuccessAt: at, lastChangeAt: NOW - DAY, ...changes })
}

describe('rightedPoll', () => {
  const meant: readonly [name: string, state: PollState][] = [
    ['a source that waits for its interval', aState({ nextPollAt: NOW + HOUR, lastPollAt: NOW })],
    ['one that is polled at this very moment', aState({ nextPollAt: NOW + 60_000, lastPollAt: NOW - HOUR })],
    ['one that was never polled', aState({ nextPollAt: NOW, lastPollAt: null })],
    ['one whose host asked for two days', aState({ nextPollAt: NOW + 2 * DAY, lastPollAt: NOW })],
    ['one that skips the rest of the week', aState({ nextPollAt: NOW + 6 * DAY, memory: { ...NO_MEMORY, skipDays: [1, 2, 3, 4, 5, 6] } })],
    ['one that is gone', aState({ nextPollAt: NOW + 100 * 365 * DAY, lastPollAt: NOW, lastResult: 'gone' })],
  ]
  it.each(meant)('leaves alone %s', (_, state) => {
    expect(rightedPoll(state, HOUR, NOW)).toBeUndefined()
  })

  it.each([HOUR, YEARS])('has a poll that lies %i ms ahead done now, with the wait that followed it', ahead => {
    const righted = rightedPoll(polledAhead(ahead, { nextPollAt: NOW + ahead + 2 * DAY }), HOUR, NOW)
    expect(righted).toMatchObject({ nextPollAt: NOW + 2 * DAY, lastPollAt: NOW, lastSuccessAt: NOW, lastChangeAt: NOW - DAY })
  })

  it('has the same done with nothing left to right', () => {
    const once = rightedPoll(polledAhead(YEARS), HOUR, NOW)
    expect(once && rightedPoll(once, HOUR, NOW)).toBeUndefined()
  })

  it('keeps the claim of whoever polls it meanwhile', () => {
    expect(rightedPoll(polledAhead(YEARS, { nextPollAt: NOW + 60_000 }), HOUR, NOW)).toMatchObject({ nextPollAt: NOW + 60_000 })
  })

  it('makes due what nothing could have put off so far', () => {
    const far = aState({ nextPollAt: NOW + YEARS, lastPollAt: NOW - HOUR })
    expect(rightedPoll(far, HOUR, NOW)?.nextPollAt).toBe(NOW)
    expect(rightedPoll({ ...far, nextPollAt: NOW + 30 * DAY }, 30 * DAY, NOW)).toBeUndefined()
  })

  it('keeps a source that is gone from being asked, whatever the clock says', () => {
    const righted = rightedPoll(polledAhead(YEARS, { nextPollAt: NOW + YEARS + 100 * 365 * DAY, lastResult: 'gone' }), HOUR, NOW)
    expect(righted?.nextPollAt).toBe(NOW + 100 * 365 * DAY)
  })

  it('does not wait for years with what is to be asked once a week or day', () => {
    const wordpress = { api: null, shownSince: 0, knownUntil: NOW - DAY, askedAt: NOW + YEARS, notBefore: NOW + YEARS + DAY }
    const righted = rightedPoll(polledAhead(YEARS, { memory: { ...NO_MEMORY, wholeAt: NOW + YEARS, wordpress } }), HOUR, NOW)
    expect(righted?.memory).toMatchObject({ wholeAt: NOW, wordpress: { askedAt: NOW, notBefore: NOW + DAY, knownUntil: NOW - DAY } })
  })
})
