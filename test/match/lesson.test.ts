import { describe, expect, it } from 'vitest'
import { articleUnits } from '../../src/match/article-units.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { LEAST_LESSONS, learnedFrom, NOTHING_LEARNED } from '../../src/match/learned.ts'
import { lessonOf, pairCounts } from '../../src/match/lesson.ts'
import { coverageOf } from '../../src/match/post-coverage.ts'

const knowledge = languageKnowledge()

function lessonFrom(post: { title: string; body: string }, article: { title: string; summary?: string; body?: string }, known = knowledge) {
  return lessonOf({ ...post, lag: 1 }, coverageOf(post, known.readings), articleUnits(article, known.lexicon, 6_000), known.lexicon)
}

const post = { title: '海軍の蜥蜴艇計画は遅れている', body: '海軍は蜥蜴艇の建造を来年に延ばした。' }
const article = { title: 'The Navy’s Skink Boat Program Is Late', summary: 'The Navy has put off building the skink boat to next year.' }

describe('lessonOf', () => {
  it('keeps apart what both texts say and what each leaves unexplained', () => {
    const lesson = lessonFrom(post, article)
    const open = lesson.original.filter(({ written }) => written !== undefined).map(({ word }) => word)
    expect(lesson.said.map(([key]) => key)).toContain('navi')
    expect(open).toContain('skink')
    expect(open).not.toContain('navi')
    expect(lesson.unexplained.map(({ word }) => word)).toContain('蜥蜴艇')
    expect(lesson.unexplained.map(({ word }) => word)).not.toContain('海軍')
  })

  it('goes into a long article as far as the post can have come, not further', () => {
    const long = { title: 'Late', summary: 'Short.', body: `${'Filler. '.repeat(400)} The skink boat.` }
    expect(lessonFrom(post, long).original.map(({ word }) => word)).not.toContain('skink')
  })
})

describe('pairCounts', () => {
  it('counts the posts that say something, the originals that do, and how many of these were covered', () => {
    const counts = pairCounts([lessonFrom(post, article), lessonFrom(post, { title: 'The Navy and the skink' })])
    expect(counts.pairs).toBe(2)
    expect(counts.said.get('navi')).toBe(2)
    expect([counts.inOriginals.get('skink'), counts.covered.get('skink')]).toEqual([2, 0])
    expect([counts.inOriginals.get('navi'), counts.covered.get('navi')]).toEqual([2, 2])
  })
})

describe('learnedFrom', () => {
  const lessons = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      index % 4 === 0 ? lessonFrom(post, article) : lessonFrom({ title: '晴れ', body: '天気の話。' }, { title: 'Weather' }),
    )

  it('learns nothing from few pairs', () => expect(learnedFrom(lessons(LEAST_LESSONS - 1))).toEqual(NOTHING_LEARNED))

  it('teaches a word that no lexicon has, so that the next post is seen to say it', () => {
    const counted = lessons(40).filter((_, index) => index % 4 !== 0)
    const taught = ['arrives', 'departs', 'sinks', 'sails'].map((does, index) =>
      lessonFrom({ title: `蜥蜴艇と話${index}`, body: '別の話。' }, { title: `The skink ${does}` }),
    )
    const learned = learnedFrom([...counted, ...counted, ...taught])
    expect(learned.associations.map(({ japanese, written }) => [japanese, written])).toContainEqual(['蜥蜴艇', 'skink'])
    const wiser = languageKnowledge({ learned })
    const next = { title: '蜥蜴艇の新しい任務', body: '別の文。' }
    expect(coverageOf(next, knowledge.readings).all.has('skink')).toBe(false)
    expect(coverageOf(next, wiser.readings).all.get('skink')?.confidence).toBeGreaterThan(0.5)
    expect(wiser.isKnowable('skink')).toBe(true)
  })

  it('finds words that this blog uses in every post less telling than others do', () => {
    const counted = learnedFrom(lessons(60).map(() => lessonFrom(post, article)))
    const wiser = languageKnowledge({ learned: counted })
    expect(wiser.rates.rateOf('navi')).toBeGreaterThan(knowledge.rates.rateOf('navi'))
    expect(wiser.rates.coveredRateOf('navi', 0.6)).toBeGreaterThan(knowledge.rates.coveredRateOf('navi', 0.6))
  })
})
