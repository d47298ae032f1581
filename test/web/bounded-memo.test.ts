import { describe, expect, it } from 'vitest'
import { boundedMemo } from '../../src/web/bounded-memo.ts'

describe('boundedMemo', () => {
  it('answers the same question once, until there are too many questions', () => {
    const asked: string[] = []
    const memo = boundedMemo(text => asked.push(text), { entries: 2, longest: 3 })
    for (const text of ['a', 'a', 'b', 'a', 'c', 'a', 'c']) memo(text)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  it('does not keep long questions', () => {
    const asked: string[] = []
    const memo = boundedMemo(text => asked.push(text), { entries: 2, longest: 3 })
    for (const text of ['long', 'long']) memo(text)
    expect(asked).toHaveLength(2)
  })
})
