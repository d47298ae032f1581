import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../../src/parse/instants.ts'

const cases: readonly [text: string, iso: string | undefined][] = [
  ['2026-06-02T18:30:00Z', '2026-06-02T18:30:00.000Z'],
  ['2026-06-02T18:30:00.123+09:00', '2026-06-02T09:30:00.123Z'],
  ['2026-06-02t18:30:00-0330', '2026-06-02T22:00:00.000Z'],
  ['2026-06-02 18:30:00', '2026-06-02T18:30:00.000Z'],
  ['2026-06-02T18:30+09:00', '2026-06-02T09:30:00.000Z'],
  ['2026-06-02', '2026-06-02T00:00:00.000Z'],
  ['2026-06', '2026-06-01T00:00:00.000Z'],
  ['2026', '2026-01-01T00:00:00.000Z'],
  ['20260602', '2026-06-02T00:00:00.000Z'],
  ['20260602T183000Z', '2026-06-02T18:30:00.000Z'],
  ['2026-153', '2026-06-02T00:00:00.000Z'],
  ['2020/1/10 14:33:00', '2020-01-10T14:33:00.000Z'],
  ['1518478934', '2018-02-12T23:42:14.000Z'],
  ['1518478934123', '2018-02-12T23:42:14.123Z'],
  ['Tue, 02 Jun 2026 18:30:00 GMT', '2026-06-02T18:30:00.000Z'],
  ['Tue, 2 Jun 2026 18:30:00 +0900', '2026-06-02T09:30:00.000Z'],
  ['02 Jun 26 18:30 EST', '2026-06-02T23:30:00.000Z'],
  ['Tue, 02 June 2026 18:30:00 PDT', '2026-06-03T01:30:00.000Z'],
  ['Tue, 02 Jun 2026 18:30:00 +02:00', '2026-06-02T16:30:00.000Z'],
  ['Tue,02 Jun 2026 18:30:00 -0000', '2026-06-02T18:30:00.000Z'],
  ['25 May 2020', '2020-05-25T00:00:00.000Z'],
  ['May 25, 2020', '2020-05-25T00:00:00.000Z'],
  ['Mon, 25th May 2020 3:05 PM', '2020-05-25T15:05:00.000Z'],
  ['25-May-2020 10:00:00', '2020-05-25T10:00:00.000Z'],
  ['25/05/2020 10:00', '2020-05-25T10:00:00.000Z'],
  ['05/25/2020 10:00', '2020-05-25T10:00:00.000Z'],
  ['Sun Jul 15 01:16:00 +0000 2012', '2012-07-15T01:16:00.000Z'],
  ['Tue Jun 02 2026 18:30:00 GMT+0900 (Japan Standard Time)', '2026-06-02T09:30:00.000Z'],
  ['Fri, 2006/09/15 08:19:53 EDT', '2006-09-15T12:19:53.000Z'],
  ['Tue, 02 Jun 2026 18:30:00 XYZT', '2026-06-02T18:30:00.000Z'],
  ['Seg, 24 Set 2018 19:42:40 -0300', '2018-09-24T22:42:40.000Z'],
  ['mar, 5 juin 2018 10:00:00 +0200', '2018-06-05T08:00:00.000Z'],
  ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00.000Z'],
  ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00.000Z'],
  ['2004년 05월 28일  01:31:15', '2004-05-27T16:31:15.000Z'],
  ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17.000Z'],
  ['2026-06-02T18Z', '2026-06-02T18:00:00.000Z'],
  ['2026-06-02T18:30:00+09', '2026-06-02T09:30:00.000Z'],
  ['03-12-31', '2003-12-31T00:00:00.000Z'],
  ['260602', '2026-06-02T00:00:00.000Z'],
  ['-26-06', '2026-06-01T00:00:00.000Z'],
  ['-2606', '2026-06-01T00:00:00.000Z'],
  ['Tue, 02 Jun 2026 18:30:00 Etc/GMT', '2026-06-02T18:30:00.000Z'],
  ['Tue, 02 Jun 2026 18:30:00 GMT+9', '2026-06-02T09:30:00.000Z'],
  ['2026年6月2日 午後6:30', '2026-06-02T09:30:00.000Z'],
  ['2026年6月2日', '2026-06-01T15:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['Thu, 01 Jan 0100 00:00:01 +0100', '0099-12-31T23:00:01.000Z'],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-13-01', undefined],
  ['2026-06-02T25:00:00Z', undefined],
  ['2026-06-02T18:30:61Z', undefined],
  ['9999-12-31T23:59:59-99:99', undefined],
  ['Sun, 16 Dec zz 11:47:32 GMT', undefined],
  ['Sun, 16 Dec 2012 11:47:32 +zz:00', undefined],
  ['05/06/2020', undefined],
  ['013', undefined],
  ['yesterday', undefined],
  ['', undefined],
]

describe('instantOf', () => {
  for (const [text, iso] of cases)
    it(iso === undefined ? `finds no moment in "${text}"` : `reads "${text}"`, () => {
      const instant = instantOf(text)
      expect(instant === undefined ? undefined : new Date(instant).toISOString()).toBe(iso)
    })

  it('ignores white space around a date', () => {
    expect(instantOf('\n  2026-06-02T18:30:00Z\n')).toBe(Date.UTC(2026, 5, 2, 18, 30))
  })

  it('reads every moment that Date writes, in either form', () => {
    const moments = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, date => {
        expect(instantOf(date.toISOString())).toBe(date.getTime())
        expect(instantOf(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000)
      }),
    )
  })

  it('gives a finite integer or nothing for any text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const instant = instantOf(text)
        expect(instant === undefined || Number.isSafeInteger(instant)).toBe(true)
      }),
    )
  })
})
