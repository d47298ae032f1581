import { describe, expect, it } from 'vitest'
import type { PushStanding } from '../../src/domain/subscription.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { intervalMs, isReliable, shouldHaveCome } from '../../src/schedule/back-up-poll.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const PROVEN: PushStanding = { leaseUntil: NOW + 5 * DAY, deliveries: 1, misses: 0 }

describe('intervalMs', () => {
  const cases: readonly [name: string, everyMs: number, standing: PushStanding | undefined, expectedMs: number][] = [
    ['is the operator’s without a subscription', HOUR, undefined, HOUR],
    ['is the operator’s before the first delivery', HOUR, { ...PROVEN, deliveries: 0 }, HOUR],
    ['is a day once a delivery has brought news', HOUR, PROVEN, DAY],
    ['is the operator’s where that is longer', 2 * DAY, PROVEN, 2 * DAY],
    ['ends with the lease', HOUR, { ...PROVEN, leaseUntil: NOW + 6 * HOUR }, 6 * HOUR],
    ['is never shorter than the operator’s for it', HOUR, { ...PROVEN, leaseUntil: NOW + MINUTE }, HOUR],
    ['is the operator’s after the lease', HOUR, { ...PROVEN, leaseUntil: NOW }, HOUR],
    ['is the operator’s before a hub has verified', HOUR, { ...PROVEN, leaseUntil: null }, HOUR],
    ['is the operator’s for a hub that missed something', HOUR, { ...PROVEN, deliveries: 4, misses: 1 }, HOUR],
    ['is a day for one that has made up for it', HOUR, { ...PROVEN, deliveries: 5, misses: 1 }, DAY],
  ]
  for (const [name, everyMs, standing, expectedMs] of cases) it(name, () => expect(intervalMs(everyMs, standing, NOW)).toBe(expectedMs))
})

describe('isReliable', () => {
  it('wants more deliveries for each miss, and never more than fifty', () => {
    const wanted = (misses: number) => [...Array(100).keys()].find(deliveries => isReliable({ ...PROVEN, deliveries, misses }, NOW))
    expect([0, 1, 2, 10, 1_000].map(wanted)).toEqual([1, 5, 10, 50, 50])
  })
})

describe('shouldHaveCome', () => {
  const since = NOW - DAY
  const cases: readonly [name: string, entry: Parameters<typeof shouldHaveCome>[0], expected: boolean][] = [
    ['an entry of this morning', { published: NOW - 3 * HOUR }, true],
    ['one by its update, where it has no other date', { updated: NOW - 3 * HOUR }, true],
    ['one without a date', {}, true],
    ['one that has only just appeared', { published: NOW - HOUR + 1 }, false],
    ['one that is older than the poll before', { published: since }, false],
    ['an old one that was edited', { published: since - DAY, updated: NOW - 3 * HOUR }, false],
    ['one of the future', { published: NOW + DAY }, false],
  ]
  for (const [name, entry, expected] of cases)
    it(`${expected ? 'counts' : 'does not count'} ${name}`, () => expect(shouldHaveCome(entry, since, NOW)).toBe(expected))
})
