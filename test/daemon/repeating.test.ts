import { describe, expect, it } from 'vitest'
import { repeating } from '../../src/daemon/repeating.ts'

describe('repeating', () => {
  it('does the work once more for all who ask while it is being done', async () => {
    const gates: (() => void)[] = []
    const work = () => new Promise<void>(resolve => gates.push(resolve))
    const ask = repeating(work)
    const first = ask()
    const others = [ask(), ask(), ask()]
    expect(gates).toHaveLength(1)
    gates[0]?.()
    await first
    await expect.poll(() => gates.length).toBe(2)
    gates[1]?.()
    await Promise.all(others)
    const later = ask()
    expect(gates).toHaveLength(3)
    gates[2]?.()
    await later
  })

  it('goes on after work that failed', async () => {
    let times = 0
    const ask = repeating(async () => {
      if (++times === 1) throw new Error('once')
    })
    const [first, second] = [ask(), ask()]
    await expect(first).rejects.toThrow('once')
    await second
    await ask()
    expect(times).toBe(3)
  })
})
