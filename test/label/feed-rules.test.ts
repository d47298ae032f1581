import { describe, expect, it } from 'vitest'
import type { Slug } from '../../src/domain/identifiers.ts'
import type { RequestedFeed } from '../../src/domain/output-feed.ts'
import { feedRules } from '../../src/label/feed-rules.ts'

const labels = [
  { label: '中国', count: 2 },
  { label: '台湾', count: 5 },
  { label: '日本', count: 2 },
  { label: '雑記', count: 9 },
]

function requested(changes: Partial<RequestedFeed>): RequestedFeed {
  return { any: [], all: [], none: [], outlets: [], include: 'translated', titles: 'bilingual', limit: 10, ...changes }
}

describe('feedRules', () => {
  it('makes a feed for every label that is not hidden, most used first', () => {
    const rules = feedRules([], labels, { limit: 50, hideLabels: ['雑記'] })
    expect(rules.map(({ slug, title, label, limit }) => [slug, title, label, limit])).toEqual([
      ['台湾', '台湾', '台湾', 50],
      ['中国', '中国', '中国', 50],
      ['日本', '日本', '日本', 50],
    ])
  })

  it('puts requested feeds first, in their order, and lets one stand for its label', () => {
    const feeds = [requested({ slug: 'all' as Slug, include: 'all' }), requested({ label: '中国', title: '対中政策', subtitle: '抄訳' })]
    const rules = feedRules(feeds, labels, { limit: 50, hideLabels: ['雑記', '日本'] })
    expect(rules.map(({ slug, title, label }) => [slug, title, label])).toEqual([
      ['all', 'all', null],
      ['中国', '対中政策', '中国'],
      ['台湾', '台湾', '台湾'],
    ])
    expect(rules[1]).toMatchObject({ subtitle: '抄訳', titles: 'bilingual', limit: 10 })
  })

  it('publishes a hidden label that is asked for', () => {
    expect(feedRules([requested({ label: '雑記' })], labels, { limit: 50, hideLabels: ['雑記'] }).map(({ label }) => label)).toContain(
      '雑記',
    )
  })

  it('never gives two feeds one slug', () => {
    const feeds = [
      requested({ slug: '台湾' as Slug }),
      requested({ label: 'TAIWAN' }),
      requested({ label: 'Taiwan', slug: 'taiwan' as Slug }),
    ]
    const slugs = feedRules(feeds, labels, { limit: 50, hideLabels: [] }).map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.slice(0, 3)).toEqual(['台湾', expect.stringMatching(/^taiwan-/), 'taiwan'])
  })

  it('gives equal rules in whatever order labels come', () => {
    const defaults = { limit: 50, hideLabels: [] }
    expect(feedRules([], labels.toReversed(), defaults)).toEqual(feedRules([], labels, defaults))
  })
})
