import { describe, expect, it } from 'vitest'
import { midnightOf, namedDates, withoutDates } from '../../src/posts/named-date.ts'

const REFERENCE = Date.UTC(2025, 2, 20, 11)
const daysIn = (text: string) => namedDates(text).map(date => new Date(midnightOf(date, REFERENCE)).toISOString().slice(0, 10))

describe('namedDates', () => {
  const cases: readonly [text: string, days: readonly string[]][] = [
    ['December 04, 2020', ['2020-12-04']],
    ['Jon Hemmerdinger12 December 2020', ['2020-12-12']],
    ['Jane DoeMarch 3, 2025', ['2025-03-03']],
    ['MARCH 3, 2025', ['2025-03-03']],
    ['3rd of March 2025', ['2025-03-03']],
    ['Sept. 1st 2024', ['2024-09-01']],
    ['2019-9-6記事', ['2019-09-06']],
    ['2025/03/12', ['2025-03-12']],
    ['2025.3.12', ['2025-03-12']],
    ['2025年3月12日', ['2025-03-12']],
    ['3月11日', ['2025-03-11']],
    ['12月11日', ['2024-12-11']],
    ['February 19', ['2025-02-19']],
    ['19 February', ['2025-02-19']],
    ['3/11', ['2025-03-11']],
    ['12/31/2024', ['2024-12-31']],
    ['February 29', ['2024-02-29']],
    ['posted March 3, 2025, updated March 5, 2025', ['2025-03-03', '2025-03-05']],
    ['February 30, 2025', []],
    ['Marco 12 met 2020 people', []],
    ['AIM-120 and 1/100/5', []],
    ['10.0.0.1', []],
  ]
  for (const [text, days] of cases)
    it(`finds ${days.length === 0 ? 'no day' : days.join(' and ')} in "${text}"`, () => expect(daysIn(text)).toEqual(days))
})

describe('midnightOf', () => {
  it('takes tomorrow for this year, as the post may be ahead of UTC', () => {
    expect(daysIn('March 21')).toEqual(['2025-03-21'])
    expect(daysIn('April 2')).toEqual(['2024-04-02'])
  })
})

describe('withoutDates', () => {
  it('keeps what stands around the days', () => {
    expect(withoutDates('TNI, March 12, 2025 / 3月11日付')).toBe('TNI,  / 付')
  })
})
