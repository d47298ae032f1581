import { describe, expect, it } from 'vitest'
import { MINUTE, SECOND } from '../../src/domain/time.ts'
import { requestRate } from '../../src/websub/request-rate.ts'
import { NOW } from './samples.ts'

describe('requestRate', () => {
  it('lets in as many as may come in a minute, over all and for each host, and says how long to wait', () => {
    const waitAt = requestRate({ perMinute: 3, perHostAndMinute: 2 })
    expect([waitAt('a', NOW), waitAt('a', NOW + 10 * SECOND), waitAt('a', NOW + 20 * SECOND)]).toEqual([undefined, undefined, 40 * SECOND])
    expect([waitAt('b', NOW + 30 * SECOND), waitAt('c', NOW + 40 * SECOND)]).toEqual([undefined, 20 * SECOND])
    expect([waitAt('a', NOW + MINUTE), waitAt('a', NOW + MINUTE)]).toEqual([undefined, 10 * SECOND])
  })

  it('does not count what a clock that was set back has yet to reach', () => {
    const waitAt = requestRate({ perMinute: 1, perHostAndMinute: 1 })
    expect([waitAt('a', NOW), waitAt('a', NOW - MINUTE)]).toEqual([undefined, undefined])
  })
})
