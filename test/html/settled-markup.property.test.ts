import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitizedOnce, sanitizeHtml } from '../../src/html/sanitize.ts'
import { isSettled } from '../../src/html/settled-markup.ts'
import { forbiddenIn } from './forbidden-markup.ts'
import { BASE, hostileMarkup } from './hostile-markup.ts'

const RUNS = 4_000
const base = fc.constantFrom(undefined, BASE, BASE, 'mailto:x', 'no address')

describe('isSettled on hostile markup', () => {
  it('says so of nothing that changes when it is sanitised again', () => {
    const seen = { settled: 0, changing: 0 }
    fc.assert(
      fc.property(hostileMarkup, base, (html, from) => {
        const once = sanitizedOnce(html, from)
        const again = sanitizedOnce(once, from)
        if (again !== once) seen.changing++
        if (!isSettled(once, from)) return
        seen.settled++
        expect(again).toBe(once)
      }),
      { numRuns: RUNS },
    )
    // It is of use, and is put to the test.
    expect(seen.settled).toBeGreaterThan(RUNS / 2)
    expect(seen.changing).toBeGreaterThan(RUNS / 200)
  })

  it('lets nothing through that may not be published, nor anything that changes', () => {
    fc.assert(
      fc.property(hostileMarkup, base, (html, from) => {
        const clean = sanitizeHtml(html, from)
        expect(forbiddenIn(clean)).toEqual([])
        expect(sanitizedOnce(clean, from)).toBe(clean)
      }),
      { numRuns: RUNS },
    )
  })
})
