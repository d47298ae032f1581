import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteBoundedCache } from '../../src/web/byte-bounded-cache.ts'

describe('byteBoundedCache', () => {
  it('lets what was set longest ago leave when there is no room', () => {
    const cache = byteBoundedCache<number>(10)
    for (const [name, value] of [['a', 1] as const, ['b', 2] as const, ['a', 3] as const, ['c', 4] as const]) cache.set(name, value, 4)
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([3, undefined, 4])
  })

  it('does not keep what is larger than the whole, nor an older value under its name', () => {
    const cache = byteBoundedCache<number>(10)
    cache.set('a', 1, 10)
    cache.set('a', 2, 11)
    expect(cache.get('a')).toBeUndefined()
  })

  it('never keeps more than it may, and keeps what fits', () => {
    const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), bytes: fc.nat(12), isGone: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step), steps => {
        const cache = byteBoundedCache<number>(10)
        for (const { name, bytes, isGone } of steps) {
          if (isGone) cache.delete(name)
          else cache.set(name, bytes, bytes)
          const kept = ['a', 'b', 'c', 'd'].flatMap(key => cache.get(key) ?? [])
          expect(kept.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10)
          expect(cache.get(name)).toBe(isGone || bytes > 10 ? undefined : bytes)
        }
      }),
    )
  })
})
