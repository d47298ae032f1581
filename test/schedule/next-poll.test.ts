import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/time.ts'
import { nextPollAt, offsetOf, type PollSignals } from '../../src/schedule/next-poll.ts'

const calm: PollSignals = { everyMs: 30 * MINUTE, failures: 0, askedMs: [], jitter: 0 }

describe('nextPollAt', () => {
  const cases: readonly [name: string, signals: Partial<PollSignals>, expectedWaitMs: number][] = [
    ['waits the operator’s interval', {}, 30 * MINUTE],
    ['waits the interval after a first failure', { failures: 1 }, 30 * MINUTE],
    ['doubles with each further failure', { failures: 3 }, 2 * HOUR],
    ['never waits more than a day for failures', { failures: 1_000 }, DAY],
    ['never polls more often than the operator wants', { everyMs: 3 * DAY, failures: 9 }, 3 * DAY],
    ['waits longer when the publisher asks for it', { askedMs: [undefined, HOUR, 5 * HOUR] }, 5 * HOUR],
    ['is not hurried by the publisher', { askedMs: [MINUTE, 0, -HOUR] }, 30 * MINUTE],
    ['lets the publisher’s wait win over a shorter backoff', { failures: 2, askedMs: [3 * HOUR] }, 3 * HOUR],
    ['does not take an absurd wait', { askedMs: [Number.POSITIVE_INFINITY] }, 2 * DAY],
    ['adds up to a tenth of the interval', { jitter: 0.5 }, 31.5 * MINUTE],
  ]
  for (const [name, signals, expectedWaitMs] of cases)
    it(name, () => expect(nextPollAt(1_000, { ...calm, ...signals })).toBe(1_000 + expectedWaitMs))

  it('never comes sooner after one more failure', () => {
    const waits = Array.from({ length: 40 }, (_, failures) => nextPollAt(0, { ...calm, failures }))
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  })

  it('gives whole milliseconds', () => {
    expect(nextPollAt(0, { ...calm, everyMs: 1_001, jitter: 0.123456 }) % 1).toBe(0)
  })
})

describe('offsetOf', () => {
  it('spreads sources evenly, also those whose names differ by a digit', () => {
    const tenths = Array<number>(10).fill(0)
    for (let index = 0; index < 1_000; index++) {
      const tenth = Math.floor(offsetOf(`source-${index}`) * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(40)
  })

  it('gives a name the same place each time', () => {
    expect(offsetOf('ブログ')).toBe(offsetOf('ブログ'))
    expect(offsetOf('ブログ')).not.toBe(offsetOf('プログ'))
  })
})
