import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time.ts'
import { observedRhythm, outsideSkipped, requestedWaitMs } from '../../src/schedule/publishing-rhythm.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const every = (gap: number, count: number, newestAgo = gap) => Array.from({ length: count }, (_, index) => NOW - newestAgo - index * gap)

describe('observedRhythm', () => {
  const cases: readonly [claim: string, instants: readonly number[], waitMs: number, silenceMs: number | null][] = [
    ['knows nothing of an empty feed', [], 0, null],
    ['knows too little of three entries', every(DAY, 3), 0, null],
    ['waits half a gap of a lively feed', every(2 * HOUR, 20), HOUR, 7 * DAY],
    ['waits half a day for a slow one', every(3 * DAY, 20), 12 * HOUR, 9 * DAY],
    ['waits half a day for one that has gone to sleep', every(HOUR, 20, 40 * DAY), 12 * HOUR, 7 * DAY],
    ['takes the usual gap, not the longest', [...every(2 * HOUR, 10), NOW - 60 * DAY], HOUR, 120 * DAY],
    ['passes over the future', [NOW + DAY, ...every(2 * HOUR, 20)], HOUR, 7 * DAY],
  ]
  for (const [claim, instants, waitMs, silenceMs] of cases)
    it(claim, () => expect(observedRhythm(instants, NOW)).toEqual({ waitMs, silenceMs }))

  it('does not care for order', () => expect(observedRhythm(every(2 * HOUR, 20).toReversed(), NOW).waitMs).toBe(HOUR))
})

describe('requestedWaitMs', () => {
  it('is the longer of ttl and period', () => expect(requestedWaitMs({ ttlMs: HOUR, updateEveryMs: DAY })).toBe(DAY))
  it('is nothing where nothing is asked', () => expect(requestedWaitMs(undefined)).toBe(0))
})

describe('outsideSkipped', () => {
  it('stays where nothing is skipped', () => expect(outsideSkipped(NOW + 5, {})).toBe(NOW + 5))
  it('moves by whole hours to one that is not skipped', () =>
    expect(outsideSkipped(NOW + 5, { skipHours: [12, 13] })).toBe(NOW + 5 + 2 * HOUR))
  it('moves over skipped days', () => expect(outsideSkipped(NOW, { skipDays: [0, 1] })).toBe(Date.UTC(2026, 10, 24)))
  it('passes over a wish for nothing at all', () =>
    expect(outsideSkipped(NOW, { skipHours: Array.from({ length: 24 }, (_, hour) => hour) })).toBe(NOW))
})
