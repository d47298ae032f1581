import { describe, expect, it } from 'vitest'
import type { OutletId, Slug } from '../../src/domain/identifiers.ts'
import type { RequestedFeed } from '../../src/domain/output-feed.ts'
import { EVERYTHING } from '../../src/label/automatic-feeds.ts'
import { type FeedDefaults, feedRules } from '../../src/label/feed-rules.ts'

const labels = [
  { label: '中国', count: 2 },
  { label: '台湾', count: 5 },
  { label: '日本', count: 2 },
  { label: '雑記', count: 9 },
]
const [TNI, FP] = ['tni', 'fp'] as unknown as [OutletId, OutletId]
const outlets = [
  { id: FP, name: 'Foreign Policy', count: 1 },
  { id: TNI, name: 'The National Interest', count: 4 },
]
const NONE = { all: false, outlets: false, untranslated: false }
const EVERY = { all: true, outlets: true, untranslated: true }

function defaults(changes: Partial<FeedDefaults> = {}): FeedDefaults {
  return { limit: 50, hideLabels: [], feeds: NONE, language: 'ja', ...changes }
}

function requested(changes: Partial<RequestedFeed>): RequestedFeed {
  return { ...EVERYTHING, titles: 'bilingual', limit: 10, ...changes }
}

describe('feedRules', () => {
  it('makes a feed for every label that is not hidden, most used first', () => {
    const rules = feedRules([], { labels }, defaults({ hideLabels: ['雑記'] }))
    expect(rules.map(({ slug, title, kind, label, limit }) => [slug, title, kind, label, limit])).toEqual([
      ['台湾', '台湾', 'label', '台湾', 50],
      ['中国', '中国', 'label', '中国', 50],
      ['日本', '日本', 'label', '日本', 50],
    ])
  })

  it('puts requested feeds first, in their order, and lets one stand for its label', () => {
    const feeds = [requested({ slug: 'all' as Slug, include: 'all' }), requested({ label: '中国', title: '対中政策', subtitle: '抄訳' })]
    const rules = feedRules(feeds, { labels }, defaults({ hideLabels: ['雑記', '日本'] }))
    expect(rules.map(({ slug, title, kind, label }) => [slug, title, kind, label])).toEqual([
      ['all', 'all', 'selection', null],
      ['中国', '対中政策', 'label', '中国'],
      ['台湾', '台湾', 'label', '台湾'],
    ])
    expect(rules[1]).toMatchObject({ subtitle: '抄訳', titles: 'bilingual', limit: 10 })
  })

  it('publishes a hidden label that is asked for', () => {
    const rules = feedRules([requested({ label: '雑記' })], { labels }, defaults({ hideLabels: ['雑記'] }))
    expect(rules.map(({ label }) => label)).toContain('雑記')
  })

  it('never gives two feeds one slug', () => {
    const feeds = [
      requested({ slug: '台湾' as Slug }),
      requested({ label: 'TAIWAN' }),
      requested({ label: 'Taiwan', slug: 'taiwan' as Slug }),
    ]
    const slugs = feedRules(feeds, { labels }, defaults()).map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.slice(0, 3)).toEqual(['台湾', expect.stringMatching(/^taiwan-/), 'taiwan'])
  })

  it('gives equal rules in whatever order labels and outlets come', () => {
    const all = defaults({ feeds: EVERY })
    const reversed = { labels: labels.toReversed(), outlets: outlets.toReversed() }
    expect(feedRules([], reversed, all)).toEqual(feedRules([], { labels, outlets }, all))
  })
})

describe('feedRules, of the feeds that there are by themselves', () => {
  const kinds = (...args: Parameters<typeof feedRules>) => feedRules(...args).map(({ slug, kind, title }) => [slug, kind, title])

  it('gives all translations, the labels, the outlets most translated first, and what is not translated', () => {
    expect(kinds([], { labels: labels.slice(0, 1), outlets }, defaults({ feeds: EVERY }))).toEqual([
      ['all', 'all', 'すべての翻訳'],
      ['中国', 'label', '中国'],
      ['outlet-tni', 'outlet', 'The National Interestの翻訳'],
      ['outlet-fp', 'outlet', 'Foreign Policyの翻訳'],
      ['untranslated', 'untranslated', '未訳の記事'],
    ])
  })

  it('names them in the language of the site', () => {
    const titles = kinds([], { labels: [], outlets: outlets.slice(0, 1) }, defaults({ feeds: EVERY, language: 'en' })).map(rule => rule[2])
    expect(titles).toEqual(['All translations', 'Foreign Policy in translation', 'Not yet translated'])
  })

  it('gives only those that are wanted', () => {
    expect(kinds([], { labels: [], outlets }, defaults({ feeds: { ...NONE, untranslated: true } }))).toEqual([
      ['untranslated', 'untranslated', '未訳の記事'],
    ])
  })

  it('selects what they are named for', () => {
    const [all, tni, , rest] = feedRules([], { labels: [], outlets }, defaults({ feeds: EVERY }))
    expect(all).toMatchObject({ include: 'translated', outlets: [], limit: 50 })
    expect(tni).toMatchObject({ include: 'translated', outlets: [TNI] })
    expect(rest).toMatchObject({ include: 'untranslated', outlets: [] })
  })

  it('gives way to a feed that the operator has put under the same slug', () => {
    const mine = requested({ slug: 'outlet-tni' as Slug, outlets: [TNI], title: 'TNI' })
    expect(kinds([mine], { labels: [], outlets }, defaults({ feeds: { ...NONE, outlets: true } }))).toEqual([
      ['outlet-tni', 'selection', 'TNI'],
      ['outlet-fp', 'outlet', 'Foreign Policyの翻訳'],
    ])
  })

  it('leaves a label the slug that its subscribers know', () => {
    const given = new Map([['All', 'all' as Slug]])
    const rules = feedRules([], { labels: [{ label: 'All', count: 1 }], given }, defaults({ feeds: { ...NONE, all: true } }))
    expect(rules.map(({ slug, kind }) => [slug, kind])).toEqual([
      [expect.stringMatching(/^all-[a-z0-9]{7}$/), 'all'],
      ['all', 'label'],
    ])
    expect(feedRules([], { labels: [], given }, defaults({ feeds: { ...NONE, all: true } }))[0]?.slug).toBe(rules[0]?.slug)
  })

  it('keeps its slug when a label comes that would have it', () => {
    const before = feedRules([], { labels: [] }, defaults({ feeds: { ...NONE, all: true } }))
    const after = feedRules([], { labels: [{ label: 'ALL', count: 1 }] }, defaults({ feeds: { ...NONE, all: true } }))
    expect(before.map(({ slug }) => slug)).toEqual(['all'])
    expect(after.map(({ slug }) => slug)).toEqual(['all', expect.stringMatching(/^all-[a-z0-9]{7}$/)])
  })
})
