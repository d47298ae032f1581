import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullness, givenUp } from '../../src/websub/admission.ts'

describe('fullness', () => {
  it('says whether the hub or the host has all it may have', () => {
    const limits = { maxSubscriptions: 3, maxPerHost: 2 }
    expect(fullness({ all: 2, atHost: 1 }, limits)).toBeUndefined()
    expect(fullness({ all: 3, atHost: 0 }, limits)).toBe('this hub takes no more subscriptions')
    expect(fullness({ all: 2, atHost: 2 }, limits)).toBe('this hub takes no more subscriptions from that host')
  })
})

describe('givenUp', () => {
  const waiting = (hosts: string) => [...hosts].map((host, at) => ({ host, at }))
  const limits = { perMinute: 4, perHostAndMinute: 2 }
  const cases: readonly [name: string, hosts: string, expected: readonly number[]][] = [
    ['nothing while there is room', 'abc', []],
    ['the oldest where all have no room', 'abcd', [0]],
    ['the oldest of the host where that has no room', 'bxx', [1]],
    ['of each what is too much, where limits have become smaller', 'xxxabcd', [0, 1, 2, 3]],
  ]
  it.each(cases)('gives %s', (_, hosts, expected) => {
    expect(givenUp(waiting(hosts), 'x', limits).map(({ at }) => at)).toEqual(expected)
  })

  it('leaves room for one, and gives up none that could stay', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'a', 'b')), hosts => {
        const all = waiting(hosts.join(''))
        const gone = givenUp(all, 'x', limits)
        const left = all.filter(one => !gone.includes(one))
        expect(left.length).toBeLessThan(limits.perMinute)
        expect(left.filter(({ host }) => host === 'x').length).toBeLessThan(limits.perHostAndMinute)
        const isTight =
          left.length === limits.perMinute - 1 || left.filter(({ host }) => host === 'x').length === limits.perHostAndMinute - 1
        expect(gone.length === 0 || isTight).toBe(true)
      }),
    )
  })
})
