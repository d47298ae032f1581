import { describe, expect, it } from 'vitest'
import type { Slug } from '../../src/domain/identifiers.ts'
import { labelScheme, outputFeed } from '../../src/label/output-feed.ts'
import { anEntry, aRule } from './samples.ts'

const site = { id: 'tag:kakehashi.example,2026:site', language: 'ja' } as const
const keys = (feed: ReturnType<typeof outputFeed>) => feed.entries.map(({ key }) => key)

describe('outputFeed', () => {
  it('puts the newest first, and those of one instant in order of their keys', () => {
    const entries = [anEntry('b', { published: 1 }), anEntry('c', { published: 2 }), anEntry('a', { published: 1 })]
    expect(keys(outputFeed(aRule(), site, entries))).toEqual(['c', 'a', 'b'])
    expect(outputFeed(aRule(), site, entries.toReversed())).toEqual(outputFeed(aRule(), site, entries))
  })

  it('carries no id twice: the newest stays', () => {
    const entries = [anEntry('old', { id: 'urn:1' }), anEntry('new', { id: 'urn:1', published: 1 })]
    expect(keys(outputFeed(aRule(), site, entries))).toEqual(['new'])
  })

  it('fills its limit with entries that count, and no more', () => {
    const entries = [
      anEntry('a', { published: 3 }),
      anEntry('b', { id: 'urn:a', published: 2 }),
      anEntry('c', { published: 1 }),
      anEntry('d'),
    ]
    expect(keys(outputFeed(aRule({ limit: 2 }), site, entries))).toEqual(['a', 'c'])
  })

  it('was updated when the last of its entries was', () => {
    const entries = [anEntry('a', { published: 9, updated: 9 }), anEntry('b', { published: 1, updated: 20 })]
    expect(outputFeed(aRule(), site, entries).updated).toBe(20)
    expect(outputFeed(aRule(), site, []).updated).toBeNull()
  })

  it('has an id made of the site’s and its slug', () => {
    expect(outputFeed(aRule({ slug: '台湾' as Slug }), site, []).id).toBe('tag:kakehashi.example,2026:site:feed:%E5%8F%B0%E6%B9%BE')
    expect(labelScheme(site)).toBe('tag:kakehashi.example,2026:site:label')
  })
})
