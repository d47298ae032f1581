import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageLanguage } from '../../../src/domain/site.ts'
import { pageDate, pageMonth, pageTime } from '../../../src/render/page/page-time.ts'

const beforeMidnightInTokyo = Date.UTC(2025, 2, 12, 14, 59, 59)
const midnightInTokyo = Date.UTC(2025, 2, 12, 15)

describe('pageDate', () => {
  const cases: readonly [name: string, instant: number, language: PageLanguage, timeZone: string, expected: string][] = [
    ['is still the day before one second to midnight in Tokyo', beforeMidnightInTokyo, 'ja', 'Asia/Tokyo', '2025年3月12日'],
    ['is the next day at midnight in Tokyo', midnightInTokyo, 'ja', 'Asia/Tokyo', '2025年3月13日'],
    ['tells the same day in English', midnightInTokyo, 'en', 'Asia/Tokyo', '13 March 2025'],
    ['follows the time zone of the site', midnightInTokyo, 'en', 'America/New_York', '12 March 2025'],
    ['crosses the year with the day', Date.UTC(2024, 11, 31, 15), 'ja', 'Asia/Tokyo', '2025年1月1日'],
  ]
  for (const [name, instant, language, timeZone, expected] of cases)
    it(name, () => expect(pageDate(instant, { language, timeZone })).toBe(expected))
})

describe('pageTime', () => {
  it('carries the instant for machines in UTC', () =>
    expect(pageTime(midnightInTokyo, { language: 'ja', timeZone: 'Asia/Tokyo' }).markup).toBe(
      '<time datetime="2025-03-12T15:00:00.000Z">2025年3月13日</time>',
    ))

  it('names the property it is the value of', () =>
    expect(pageTime(midnightInTokyo, { language: 'ja', timeZone: 'Asia/Tokyo' }, 'datePublished').markup).toContain(
      'itemprop="datePublished"',
    ))
})

describe('pageMonth', () => {
  const zones = ['Asia/Tokyo', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kathmandu']
  const atMonthsEnd = fc
    .tuple(fc.integer({ min: 1900, max: 2100 }), fc.nat({ max: 11 }), fc.integer({ min: -20 * 60, max: 20 * 60 }))
    .map(([year, month, minutes]) => Date.UTC(year, month, 1, 0, minutes))
  const anytime = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) })

  it('gives what the calendar of the zone says', () => {
    fc.assert(
      fc.property(fc.oneof(atMonthsEnd, anytime), fc.constantFrom(...zones), (instant, timeZone) => {
        const { year, month } = pageMonth(instant, timeZone)
        const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', timeZone }).formatToParts(instant)
        const part = (type: string) => Number(parts.find(found => found.type === type)?.value)
        expect([year, month]).toEqual([part('year'), part('month')])
      }),
      { numRuns: 500 },
    )
  })
})
