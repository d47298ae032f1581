import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import { archivePlan } from '../../src/pipeline/archive-pages-plan.ts'

const posts = (...names: readonly number[]) => names.map(name => ({ key: String(name) as EntryKey }))
const upTo = (count: number) => posts(...Array.from({ length: count }, (_, index) => index + 1))
const keys = (listed: readonly { readonly key: EntryKey }[]) => new Set(listed.map(({ key }) => key))
const none = new Map<EntryKey, number>()

/** Pages by number, with the names of their posts. */
function pagesOf(plan: ReturnType<typeof archivePlan<{ readonly key: EntryKey }>>): Readonly<Record<number, readonly string[]>> {
  return Object.fromEntries(plan.pages.map(page => [page.page, page.posts.map(({ key }) => key)]))
}

describe('archivePlan', () => {
  it('calls a feed complete whose document holds all there is', () => {
    expect(archivePlan(upTo(4), keys(upTo(4)), none, 4)).toEqual({ assigned: new Map(), pages: [], isComplete: true })
    expect(archivePlan([], new Set(), none, 4).isComplete).toBe(true)
  })

  it('makes two half archives first, as one alone would have no neighbour', () => {
    const plan = archivePlan(upTo(5), keys(upTo(5).slice(1)), none, 4)
    expect(plan.isComplete).toBe(false)
    expect(pagesOf(plan)).toEqual({ 1: ['1', '2'], 2: ['3', '4'] })
  })

  it('makes whole archives of a long history, oldest first', () => {
    expect(pagesOf(archivePlan(upTo(11), keys(upTo(11).slice(7)), none, 4))).toEqual({ 1: ['1', '2', '3', '4'], 2: ['5', '6', '7', '8'] })
  })

  it('makes no further archive while the document holds what is in none', () => {
    const given = new Map(upTo(4).map(({ key }) => [key, 1]))
    expect(archivePlan(upTo(8), keys(upTo(8).slice(4)), given, 4).assigned).toEqual(new Map())
    expect(pagesOf(archivePlan(upTo(9), keys(upTo(9).slice(5)), given, 4))).toEqual({ 1: ['1', '2', '3', '4'], 2: ['5', '6', '7', '8'] })
  })

  it('lets a post that turns up with an old date wait for a whole archive', () => {
    const given = new Map(upTo(4).map(({ key }) => [key, 1]))
    const late = [...posts(0), ...upTo(6)]
    expect(archivePlan(late, keys(late.slice(3)), given, 4).assigned).toEqual(new Map())
    const more = [...posts(0), ...upTo(8)]
    expect(pagesOf(archivePlan(more, keys(more.slice(5)), given, 4))[2]).toEqual(['0', '5', '6', '7'])
  })

  it('leaves a post that is gone out of its archive, and an archive that has lost all', () => {
    const given = new Map<EntryKey, number>([
      ...upTo(4).map(({ key }) => [key, 1] as const),
      ...posts(5, 6).map(({ key }) => [key, 2] as const),
    ])
    const left = posts(2, 3, 4, 7)
    expect(pagesOf(archivePlan(left, keys(left.slice(1)), given, 4))).toEqual({ 1: ['2', '3', '4'] })
  })

  it('keeps archives though the document could hold all there is by now', () => {
    const given = new Map(upTo(2).map(({ key }) => [key, 1]))
    const plan = archivePlan(upTo(5), keys(upTo(5)), given, 4)
    expect([plan.isComplete, pagesOf(plan)]).toEqual([false, { 1: ['1', '2'] }])
  })

  it('never moves a post, and loses none but one that comes late, whatever comes and goes', () => {
    const day = fc.record({ added: fc.nat(9), gone: fc.array(fc.nat(60), { maxLength: 3 }) })
    fc.assert(
      fc.property(fc.array(day, { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), (days, size, limit) => {
        const given = new Map<EntryKey, number>()
        let present = posts()
        let next = 0
        for (const { added, gone } of days) {
          present = [...present.filter(({ key }) => !gone.includes(Number(key))), ...posts(...Array.from({ length: added }, () => next++))]
          const inDocument = keys(present.slice(-limit))
          const plan = archivePlan(present, inDocument, given, Math.min(size, limit))
          for (const key of plan.assigned.keys()) expect(given.has(key)).toBe(false)
          for (const [key, page] of plan.assigned) given.set(key, page)
          const reachable = new Set([...inDocument, ...plan.pages.flatMap(page => page.posts.map(({ key }) => key))])
          for (const { key } of present) expect(reachable.has(key)).toBe(true)
          for (const { page, posts: held } of plan.pages) for (const { key } of held) expect(given.get(key)).toBe(page)
        }
      }),
      { numRuns: 300 },
    )
  })
})
