import { describe, expect, it } from 'vitest'
import { describeInstant, describeSpan } from '../../src/cli/span.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/time.ts'

describe('describeSpan', () => {
  const cases: readonly [ms: number, text: string][] = [
    [0, '0 s'],
    [42 * SECOND, '42 s'],
    [5 * MINUTE, '5 min'],
    [90 * MINUTE, '2 h'],
    [47 * HOUR, '47 h'],
    [12 * DAY, '12 d'],
    [-3 * HOUR, '3 h'],
  ]
  for (const [ms, text] of cases) it(`calls ${ms} ms "${text}"`, () => expect(describeSpan(ms)).toBe(text))
})

describe('describeInstant', () => {
  it('says before, after and never', () => {
    expect([describeInstant(0, 5 * MINUTE), describeInstant(3 * HOUR, 0), describeInstant(null, 0)]).toEqual([
      '5 min ago',
      'in 3 h',
      'never',
    ])
  })
})
