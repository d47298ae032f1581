import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsIn, isWithin, joined, type TimeSpan } from '../../src/pipeline/time-spans.ts'

const span = (from: number, to: number): TimeSpan => ({ from, to })

describe('gapsIn', () => {
  const cases: readonly [name: string, spans: readonly TimeSpan[], wanted: TimeSpan, gaps: readonly TimeSpan[]][] = [
    ['gives the whole of what is wanted where there is nothing', [], span(1, 9), [span(1, 9)]],
    ['gives nothing where a span holds all of it', [span(0, 9)], span(1, 9), []],
    ['gives what lies before, between and behind', [span(3, 4), span(6, 7)], span(1, 9), [span(1, 2), span(5, 5), span(8, 9)]],
    ['does not mind the order of the spans', [span(6, 7), span(3, 4)], span(3, 9), [span(5, 5), span(8, 9)]],
    ['passes over spans that lie elsewhere', [span(0, 1), span(20, 30)], span(5, 9), [span(5, 9)]],
  ]
  for (const [name, spans, wanted, gaps] of cases) it(name, () => expect(gapsIn(spans, wanted)).toEqual(gaps))
})

describe('joined', () => {
  const cases: readonly [name: string, spans: readonly TimeSpan[], added: TimeSpan, all: readonly TimeSpan[]][] = [
    ['keeps what lies apart', [span(6, 7)], span(1, 2), [span(1, 2), span(6, 7)]],
    ['makes one of spans that touch', [span(1, 2), span(6, 7)], span(3, 5), [span(1, 7)]],
    ['makes one of spans that overlap', [span(1, 4), span(6, 9)], span(3, 6), [span(1, 9)]],
    ['loses nothing of a span that holds the other', [span(1, 9)], span(3, 4), [span(1, 9)]],
  ]
  for (const [name, spans, added, all] of cases) it(name, () => expect(joined(spans, added)).toEqual(all))

  it('leaves no gap, and holds nothing else, whatever is added in whatever order', () => {
    const anySpan = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 8 })).map(([from, size]) => span(from, from + size))
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 12 }), added => {
        const all = added.reduce<readonly TimeSpan[]>(joined, [])
        for (let at = 0; at < 50; at++) expect(isWithin(all, at)).toBe(added.some(({ from, to }) => at >= from && at <= to))
        for (const one of added) expect(gapsIn(all, one)).toEqual([])
      }),
    )
  })
})
