import { describe, expect, it } from 'vitest'
import { freshForMs } from '../../src/fetch/freshness.ts'

const NOW = new Date()
const at = (offsetMs: number) => new Date(Math.floor(NOW.getTime() / 1000) * 1000 + offsetMs).toUTCString()

describe('freshForMs', () => {
  const cases: readonly [claim: string, headers: Record<string, string>, status: number, expected: number | undefined][] = [
    ['says nothing where the publisher says nothing', { 'last-modified': at(-86_400_000) }, 200, undefined],
    ['reads max-age', { 'cache-control': 'public, max-age=600' }, 200, 600_000],
    ['reads max-age of a 304', { 'cache-control': 'max-age=600' }, 304, 600_000],
    ['takes off the age a cache on the way added', { 'cache-control': 'max-age=600', age: '100' }, 200, 500_000],
    ['prefers max-age over Expires', { 'cache-control': 'max-age=60', expires: at(3_600_000) }, 200, 60_000],
    ['never exceeds two days', { 'cache-control': 'max-age=31536000, immutable' }, 200, 172_800_000],
    ['takes no-cache and no-store for nothing', { 'cache-control': 'no-cache, max-age=600' }, 200, undefined],
    ['takes nonsense for nothing', { 'cache-control': 'max-age=soon', expires: '0' }, 200, undefined],
  ]
  for (const [claim, headers, status, expected] of cases) it(claim, () => expect(freshForMs(headers, status)).toBe(expected))

  it('reads Expires against Date', () => {
    const ms = freshForMs({ date: at(0), expires: at(3_600_000) }, 200) ?? 0
    expect(ms).toBeGreaterThan(3_590_000)
    expect(ms).toBeLessThanOrEqual(3_600_000)
  })
})
