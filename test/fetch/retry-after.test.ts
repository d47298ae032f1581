import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/time.ts'
import { retryAfterMs } from '../../src/fetch/retry-after.ts'

const NOW = Date.UTC(1994, 10, 6, 8, 47, 37)

const cases: readonly [name: string, value: string | undefined, expected: number | undefined][] = [
  ['reads seconds', '120', 2 * MINUTE],
  ['reads seconds with space around', ' 120 ', 2 * MINUTE],
  ['takes zero as no wait', '0', 0],
  ['reads the fixed date form', 'Sun, 06 Nov 1994 08:49:37 GMT', 2 * MINUTE],
  ['reads the RFC 850 date form', 'Sunday, 06-Nov-94 08:49:37 GMT', 2 * MINUTE],
  ['reads the asctime date form as GMT', 'Sun Nov  6 08:49:37 1994', 2 * MINUTE],
  ['takes a date that has passed as no wait', 'Sun, 06 Nov 1994 08:00:00 GMT', 0],
  ['never waits more than two days for seconds', '99999999999999999999', 2 * DAY],
  ['never waits more than two days for a date', 'Tue, 06 Nov 2035 08:49:37 GMT', 2 * DAY],
  ['ignores a negative number', '-5', undefined],
  ['ignores a fraction', '1.5', undefined],
  ['ignores words', 'later today', undefined],
  ['ignores an empty value', '', undefined],
  ['ignores a missing value', undefined, undefined],
]

describe('retryAfterMs', () => {
  for (const [name, value, expected] of cases) it(name, () => expect(retryAfterMs(value, NOW)).toBe(expected))

  it('gives nothing or a wait of at most two days, whatever it reads', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z][a-z]{2}, [0-9A-Za-z :-]{15,25} GMT$/)), text => {
        const ms = retryAfterMs(text, NOW)
        return ms === undefined || (ms >= 0 && ms <= 2 * DAY)
      }),
    )
  })
})
