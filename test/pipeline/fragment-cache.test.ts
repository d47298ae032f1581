import { describe, expect, it } from 'vitest'
import { fragmentCache } from '../../src/pipeline/fragment-cache.ts'

describe('fragmentCache', () => {
  it('gives what was kept', () => {
    const cache = fragmentCache(10)
    cache.keep('a', 'one')
    expect([cache.find('a'), cache.find('b')]).toEqual(['one', undefined])
  })

  it('lets what was used least lately go where there is no room', () => {
    const cache = fragmentCache(6)
    cache.keep('a', 'aaa')
    cache.keep('b', 'bbb')
    cache.find('a')
    cache.keep('c', 'ccc')
    expect(['a', 'b', 'c'].map(key => cache.find(key))).toEqual(['aaa', undefined, 'ccc'])
  })

  it('counts a text that is kept again once', () => {
    const cache = fragmentCache(6)
    cache.keep('a', 'aaa')
    cache.keep('a', 'AAA')
    cache.keep('b', 'bbb')
    expect(['a', 'b'].map(key => cache.find(key))).toEqual(['AAA', 'bbb'])
  })

  it('keeps nothing larger than all its room', () => {
    const cache = fragmentCache(2)
    cache.keep('a', 'aaa')
    expect(cache.find('a')).toBe(undefined)
  })
})
