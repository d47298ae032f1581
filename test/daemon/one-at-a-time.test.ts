import { describe, expect, it } from 'vitest'
import { oneAtATime } from '../../src/daemon/one-at-a-time.ts'

describe('oneAtATime', () => {
  it('does work once more for all who ask meanwhile, key by key', async () => {
    const begun: string[] = []
    const gates = new Map<string, PromiseWithResolvers<void>>()
    const attend = oneAtATime(async key => {
      begun.push(key)
      const gate = Promise.withResolvers<void>()
      gates.set(key, gate)
      await gate.promise
    })
    const [a, b] = [attend('a'), attend('b')]
    expect([attend('a'), attend('a'), attend('a')]).toEqual([undefined, undefined, undefined])
    expect(begun).toEqual(['a', 'b'])
    gates.get('b')?.resolve()
    await b
    gates.get('a')?.resolve()
    while (begun.length < 3) await Promise.resolve()
    gates.get('a')?.resolve()
    await a
    expect(begun).toEqual(['a', 'b', 'a'])
  })

  it('goes on after work that failed', async () => {
    let times = 0
    const attend = oneAtATime(async () => {
      if (++times === 1) throw new Error('broken')
    })
    await expect(attend('a')).rejects.toThrow('broken')
    await attend('a')
    expect(times).toBe(2)
  })
})
