import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../../src/domain/identifiers.ts'
import { type YearView, yearPage } from '../../../src/render/page/year-page.ts'
import { allOf, anEntry, aRule, aSite, aSlug } from './page-samples.ts'

const rule = aRule({ slug: aSlug('nato'), title: 'NATO' })
const page = (changes: Partial<YearView> = {}) =>
  yearPage({
    ...{ site: aSite(), language: 'ja', rule, year: 2025, page: 1, pages: 1, count: 2, generatorVersion: '1.2.3' },
    entries: [
      // The last day of March in Tokyo, the first of April two hours later.
      anEntry({ key: 'one' as EntryKey, title: '一', published: Date.UTC(2025, 2, 31, 14) }),
      anEntry({ key: 'two' as EntryKey, title: '二', published: Date.UTC(2025, 2, 31, 16) }),
    ],
    years: [{ year: 2024 }, { year: 2025 }],
    ...changes,
  })
const hrefsOf = (markup: string) => allOf(markup, 'a').map(({ attributes }) => attributes['href'])

describe('yearPage', () => {
  it('lists posts month by month, in the time zone of the site', () => {
    expect(allOf(page(), 'h2').map(({ text }) => text)).toEqual(['3月', '4月'])
    expect(allOf(page(), 'section').map(({ text }) => text.trim())).toEqual([
      expect.stringMatching(/^3月\s+3月31日 一/),
      expect.stringMatching(/^4月\s+4月1日 二/),
    ])
    expect(allOf(page({ language: 'en' }), 'time')[0]?.text).toBe('31 Mar')
  })

  it('leads from each post to its page, to the post and to the original', () =>
    expect(hrefsOf(page())).toEqual(
      expect.arrayContaining([
        '/translations/entries/one',
        'https://blog.example/2025/03/post-1.html',
        'https://nationalinterest.example/feature/after-a-ceasefire',
      ]),
    ))

  it('leads to the label, and to its other years', () => {
    expect(hrefsOf(page())).toEqual(expect.arrayContaining(['/translations/labels/nato', '/translations/labels/nato/2024']))
    const [here] = allOf(page(), 'a').filter(({ attributes }) => attributes['aria-current'] === 'page')
    expect(here?.text).toBe('2025年')
  })

  it('is one of several pages where the year is long', () => {
    const markup = page({ page: 2, pages: 3 })
    expect(hrefsOf(markup)).toEqual(
      expect.arrayContaining(['/translations/labels/nato/2025', '/translations/labels/nato/2025-2', '/translations/labels/nato/2025-3']),
    )
    const rels = allOf(markup, 'a').flatMap(({ attributes }) => (/prev|next/.test(attributes['rel'] ?? '') ? [attributes['rel']] : []))
    expect(rels).toEqual(['prev', 'next'])
    expect(allOf(markup, 'title')[0]?.text).toBe('NATO 2025年 (2) – 論考の架け橋')
    expect(allOf(page(), 'nav').some(({ attributes }) => attributes['aria-label'] === 'ページ')).toBe(false)
  })

  it('lets readers discover the feed', () =>
    expect(allOf(page(), 'link').filter(({ attributes }) => attributes['type']?.includes('atom'))).toHaveLength(1))
})
