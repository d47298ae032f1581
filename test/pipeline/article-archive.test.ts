import { describe, expect, it } from 'vitest'
import type { EntryKey } from '../../src/domain/identifiers.ts'
import { DAY } from '../../src/domain/time.ts'
import { contentJudge } from '../../src/match/content-judge.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { articleArchive } from '../../src/pipeline/article-archive.ts'
import { type MatchingDesk, openMatchingDesk, turnsDuring } from './matching-desk.ts'
import { START } from './start.ts'

const knowledge = languageKnowledge()
const daysAgo = (days: number) => START - days * DAY
const span = (from: number, to: number) => ({ from: daysAgo(from), to: daysAgo(to), outlets: [] })

/** An archive of a desk's store, what it has read of it, and how often it began anew. */
function watched({ store: { entries } }: MatchingDesk, mostUnits?: number) {
  const read: EntryKey[] = []
  let begun = 0
  const watching = {
    ...entries,
    articlesFrom: async (page: Parameters<typeof entries.articlesFrom>[0]) => {
      const articles = await entries.articlesFrom(page)
      read.push(...articles.map(({ key }) => key))
      return articles
    },
  }
  const newJudge = () => {
    begun++
    return contentJudge(knowledge)
  }
  const archive = articleArchive(watching, newJudge, mostUnits)
  const ids = async (...days: readonly [number, number]) =>
    [...(await archive.within(span(...days))).articles].map(({ id }) => id.slice(-1))
  return { archive, ids, read: () => read.length, begun: () => begun }
}

async function deskWithArticles(...days: readonly number[]): Promise<MatchingDesk> {
  const desk = await openMatchingDesk()
  for (const day of days) await desk.bringArticle(article(day))
  return desk
}

const article = (day: number) => ({ id: `${day}`, title: `Day ${day}`, text: 'Words.', published: daysAgo(day) })

describe('articleArchive', () => {
  it('reads no more than the span that is asked for, and that once', async () => {
    const { ids, read } = watched(await deskWithArticles(1, 3, 5, 7, 9))
    expect([await ids(4, 2), read()]).toEqual([['3'], 1])
    expect([await ids(6, 2), read()]).toEqual([['3', '5'], 2])
    expect([await ids(6, 2), read()]).toEqual([['3', '5'], 2])
    expect([(await ids(9, 1)).toSorted(), read()]).toEqual([['1', '3', '5', '7', '9'], 5])
  })

  it('asks for no judge where there are no articles', async () => {
    const { archive, begun } = watched(await openMatchingDesk())
    const { articles, candidates } = await archive.within(span(9, 1))
    expect([[...articles], candidates, begun()]).toEqual([[], expect.any(Function), 0])
  })

  it('sees what came and what was edited, however often, once it is refreshed', async () => {
    const desk = await deskWithArticles(3)
    const { archive, ids } = watched(desk)
    expect(await ids(9, 1)).toEqual(['3'])
    for (const title of ['First', 'Second', 'Third']) {
      await desk.bringArticle({ ...article(3), title })
      await desk.bringArticle(article(5))
      await archive.refresh()
      const titles = [...(await archive.within(span(9, 1))).articles].map(found => found.title)
      expect(titles.toSorted()).toEqual(['Day 5', title].toSorted())
    }
  })

  it('sees an article that comes while it reads', async () => {
    const desk = await deskWithArticles(3)
    const { archive, ids } = watched(desk)
    const reading = ids(9, 1)
    await desk.bringArticle(article(8))
    await reading
    await archive.refresh()
    expect((await ids(9, 1)).toSorted()).toEqual(['3', '8'])
  })

  it('does not keep an article that was dated anew, out of what was read', async () => {
    const desk = await deskWithArticles(3, 4)
    const { archive, ids } = watched(desk)
    expect(await ids(5, 1)).toHaveLength(2)
    await desk.bringArticle({ ...article(3), published: daysAgo(8) })
    await archive.refresh()
    expect(await ids(5, 1)).toEqual(['4'])
    expect((await ids(9, 1)).toSorted()).toEqual(['3', '4'])
  })

  it('begins anew when it remembers too much, with what is asked for', async () => {
    const { ids, read, begun } = watched(await deskWithArticles(1, 3, 5, 7, 9), 4)
    await ids(9, 7)
    await ids(5, 1)
    await ids(9, 7)
    expect([await ids(5, 5), begun(), read()]).toEqual([['5'], 4, 8])
  })

  it('goes on where it was interrupted', async () => {
    const desk = await deskWithArticles(...Array.from({ length: 9 }, (_, index) => index + 1))
    for (let copy = 0; copy < 60; copy++) await desk.bringArticle({ ...article(9), id: `copy${copy}` })
    const { archive, ids, read } = watched(desk)
    const stopping = new AbortController()
    const reading = archive.within(span(9, 1), stopping.signal)
    setImmediate(() => stopping.abort(new Error('enough')))
    await expect(reading).rejects.toThrow('enough')
    const before = read()
    expect(before).toBeLessThan(69)
    expect(await ids(9, 1)).toHaveLength(69)
  })

  it('lets others have their turn while it reads', async () => {
    const desk = await openMatchingDesk()
    for (let copy = 0; copy < 100; copy++) await desk.bringArticle({ ...article(3), id: `copy${copy}` })
    const { archive } = watched(desk)
    expect(await turnsDuring(archive.within(span(9, 1)))).toBeGreaterThanOrEqual(10)
  })
})
