import { describe, expect, it } from 'vitest'
import type { PageLanguage } from '../../../src/domain/site.ts'
import { pageDate, pageTime } from '../../../src/render/page/page-time.ts'

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
