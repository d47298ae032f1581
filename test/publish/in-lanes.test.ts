import { describe, expect, it } from 'vitest'
import { inLanes } from '../../src/publish/in-lanes.ts'

describe('inLanes', () => {
  it('works at no more than so many at once, and gives the results in order', async () => {
    let underWay = 0
    let most = 0
    const results = await inLanes([5, 1, 3, 2, 4], 2, async turns => {
      most = Math.max(most, ++underWay)
      for (let turn = 0; turn < turns; turn++) await undefined
      underWay--
      return turns * 10
    })
    expect([most, results]).toEqual([2, [50, 10, 30, 20, 40]])
  })

  it('begins no more where one fails, and throws when those under way have ended', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const work = inLanes([1, 2, 3, 4], 2, async item => {
      begun.push(item)
      if (item === 1) throw new Error('the first')
      for (let turn = 0; turn < 20; turn++) await undefined
      ended.push(item)
    })
    await expect(work).rejects.toThrow('the first')
    expect([begun, ended]).toEqual([[1, 2], [2]])
  })

  it('gives nothing of nothing', async () => {
    expect(await inLanes([], 3, async () => 1)).toEqual([])
  })
})
