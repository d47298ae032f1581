import { describe, expect, it } from 'vitest'
import type { EntryKey, OutletId } from '../../src/domain/identifiers.ts'
import type { Outlet } from '../../src/domain/outlet.ts'
import { outletDirectory } from '../../src/domain/outlet-directory.ts'
import { DAY } from '../../src/domain/time.ts'
import { coverageOf, type PublishedTranslation } from '../../src/pipeline/coverage.ts'
import { aRule, aSlug } from '../render/page/page-samples.ts'

const [ABC, XYZ, IDLE] = ['abc', 'xyz', 'idle'] as unknown as readonly [OutletId, OutletId, OutletId]
const anOutlet = (id: OutletId): Outlet => ({
  ...{ id, name: id.toUpperCase(), hosts: [], movedHosts: [], aliases: [], language: 'en', republish: 'excerpt' },
})
const directory = outletDirectory([ABC, XYZ, IDLE].map(anOutlet))
const aTranslation = (article: string | null, days: number, lagDays: number, outlet = ABC): PublishedTranslation => ({
  ...{ outlet, article: article as EntryKey | null, postPublished: days * DAY },
  articlePublished: article === null ? null : (days - lagDays) * DAY,
})
const coverage = (translations: readonly PublishedTranslation[], articles: readonly (readonly [OutletId, number])[] = [[ABC, 10]]) =>
  coverageOf({ translations, articles: new Map(articles) }, directory, [
    aRule({ kind: 'outlet', slug: aSlug('outlet-abc'), outlets: [ABC] }),
  ])

describe('coverageOf', () => {
  it('counts an article once, by its first translation', () => {
    const [abc] = coverage([aTranslation('a', 5, 2), aTranslation('a', 9, 6), aTranslation('b', 10, 4)]).outlets
    expect(abc).toEqual({ name: 'ABC', slug: 'outlet-abc', articles: 10, translated: 2, medianLagMs: 3 * DAY, newest: 10 * DAY })
  })

  it('does not count an article that no feed has shown, but its translation as the newest', () => {
    const [abc] = coverage([aTranslation('a', 5, 2), aTranslation(null, 8, 0)]).outlets
    expect(abc).toMatchObject({ translated: 1, medianLagMs: 2 * DAY, newest: 8 * DAY })
  })

  it('lists outlets with the most translations first, and none that has nothing', () => {
    const { outlets } = coverage(
      [aTranslation('x', 5, 2, XYZ)],
      [
        [ABC, 10],
        [XYZ, 1],
      ],
    )
    expect(outlets.map(({ name }) => name)).toEqual(['XYZ', 'ABC'])
    expect(outlets[1]).toMatchObject({ articles: 10, translated: 0, medianLagMs: null, newest: null })
  })

  it('adds all outlets up', () => {
    const { total } = coverage(
      [aTranslation('x', 20, 2, XYZ), aTranslation('a', 5, 1), aTranslation('b', 6, 9)],
      [
        [ABC, 10],
        [XYZ, 1],
      ],
    )
    expect(total).toEqual({ articles: 11, translated: 3, medianLagMs: 2 * DAY, newest: 20 * DAY })
  })
})
