import { describe, expect, it } from 'vitest'
import { wallTime } from '../../../src/posts/import/wall-time.ts'

const cases: readonly [text: string, zone: string, expected: string | undefined][] = [
  ['01/31/2012 09:22:01 AM', 'Asia/Tokyo', '2012-01-31T00:22:01Z'],
  ['01/31/2012 09:22:01 PM', 'Asia/Tokyo', '2012-01-31T12:22:01Z'],
  ['01/31/2012 12:00:00 AM', 'Asia/Tokyo', '2012-01-30T15:00:00Z'],
  ['01/31/2012 12:00:00 PM', 'Asia/Tokyo', '2012-01-31T03:00:00Z'],
  ['01/31/2012 21:22:01', 'Asia/Tokyo', '2012-01-31T12:22:01Z'],
  ['01/31/2012 21:22:01 PM', 'Asia/Tokyo', '2012-01-31T12:22:01Z'],
  ['1/3/2012 9:02', 'Asia/Tokyo', '2012-01-03T00:02:00Z'],
  ['2012/01/31 21:22:01', 'Asia/Tokyo', '2012-01-31T12:22:01Z'],
  ['2012-01-31 21:22', 'UTC', '2012-01-31T21:22:00Z'],
  ['０１/３１/２０１２ ０９:００:００', 'Asia/Tokyo', '2012-01-31T00:00:00Z'],
  ['07/01/2012 12:00:00', 'America/New_York', '2012-07-01T16:00:00Z'],
  ['11/04/2012 12:00:00', 'America/New_York', '2012-11-04T17:00:00Z'],
  ['02/30/2012 12:00:00', 'Asia/Tokyo', undefined],
  ['01/31/2012 25:00:00', 'Asia/Tokyo', undefined],
  ['13/31/2012 09:00:00', 'Asia/Tokyo', undefined],
  ['昨日', 'Asia/Tokyo', undefined],
  ['', 'Asia/Tokyo', undefined],
]

describe('wallTime', () => {
  for (const [text, zone, expected] of cases) {
    it(`reads "${text}" in ${zone}`, () => {
      expect(wallTime(zone)(text)).toBe(expected === undefined ? undefined : Date.parse(expected))
    })
  }

  it('refuses a time zone that does not exist', () => {
    expect(() => wallTime('Asia/Edo')).toThrow('--time-zone')
  })
})
