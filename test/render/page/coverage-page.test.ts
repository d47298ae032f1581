import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../src/domain/time.ts'
import { type Coverage, type CoverageView, coveragePage } from '../../../src/render/page/coverage-page.ts'
import { allOf, aSite, aSlug } from './page-samples.ts'

const tni = { name: 'The National Interest', slug: aSlug('outlet-tni'), articles: 1412, translated: 71, medianLagMs: 3.3 * DAY, newest: 0 }
const none: Coverage = { articles: 0, translated: 0, medianLagMs: null, newest: null }
const page = (outlets: CoverageView['outlets'] = [tni], language: CoverageView['language'] = 'ja', total: Coverage = tni) =>
  coveragePage({ site: aSite(), language, outlets, total, generatorVersion: '1.2.3' })
const cells = (markup: string) => allOf(markup, 'td').map(({ text }) => text)

describe('coveragePage', () => {
  it('tells of each outlet how much is translated, how soon and when last', () => {
    expect(cells(page())).toEqual(['1,412', '71', '5.0%', '3.3日', '1970年1月1日'])
    expect(cells(page([tni], 'en'))).toEqual(['1,412', '71', '5.0%', '3.3 days', '1 January 1970'])
  })

  it('leads to the feed of the outlet', () =>
    expect(allOf(page(), 'a').find(({ text }) => text === tni.name)?.attributes['href']).toBe('/translations/labels/outlet-tni'))

  it('says nothing where there is nothing to count', () => {
    expect(cells(page([{ ...none, name: 'X' }]))).toEqual(['0', '0', '–', '–', '–'])
    expect(page([])).toContain('集計できる記事は、まだありません。')
  })

  it('adds several outlets up', () => {
    expect(allOf(page([tni, { ...none, name: 'X' }]), 'tfoot')[0]?.text).toContain('合計')
    expect(allOf(page(), 'tfoot')).toEqual([])
  })

  const lags: readonly (readonly [lagMs: number, told: string])[] = [
    [-2 * HOUR, '0時間'],
    [HOUR, '1時間'],
    [47 * HOUR, '47時間'],
    [2 * DAY, '2.0日'],
    [41.4 * DAY, '41日'],
  ]
  for (const [medianLagMs, told] of lags) it(`tells ${told}`, () => expect(cells(page([{ ...tni, medianLagMs }]))[3]).toBe(told))

  it('stays a table to those who cannot see it when it is laid out as cards, and names every value there', () => {
    expect(allOf(page(), 'table')[0]?.attributes['role']).toBe('table')
    expect(allOf(page(), 'td').map(({ attributes }) => attributes['data-label'])).toEqual([
      '記事',
      '訳あり',
      '割合',
      '公開から訳まで',
      '最新の訳',
    ])
    expect(allOf(page(), 'th')[0]?.attributes).toEqual({ role: 'columnheader', scope: 'col' })
  })

  it('draws the share without inline style', () => {
    expect(page()).not.toMatch(/ style=/)
    expect(allOf(page(), 'rect').map(({ attributes }) => attributes['width'])).toEqual(['100', '5'])
  })
})
