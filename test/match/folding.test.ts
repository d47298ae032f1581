import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time.ts'
import { articleQuestions } from '../../src/match/known-articles.ts'
import { isSamePerson } from '../../src/match/person-name.ts'
import { titleKey, titleSimilarity } from '../../src/match/title-key.ts'
import { aPost, citing, POSTED, TNI } from './samples.ts'

describe('isSamePerson', () => {
  const cases: readonly [a: string, b: string, isSame: boolean][] = [
    ['Jane Doe', 'Jane Q. Doe', true],
    ['By Dr. JANE DOE', 'Doe, Jane', true],
    ['José Álvarez', 'Jose Alvarez', true],
    ['Jane Doe', 'John Doe', false],
    ['Doe', 'Jane Doe', false],
    ['J. Doe', 'Jane Doe', false],
    ['', '', false],
  ]
  for (const [a, b, isSame] of cases)
    it(`${isSame ? 'takes' : 'does not take'} "${a}" for "${b}"`, () =>
      expect([isSamePerson(a, b), isSamePerson(b, a)]).toEqual([isSame, isSame]))
})

describe('titleKey', () => {
  it('gives two spellings of one headline one key', () => {
    expect(titleKey('The F‑35’s “R&D” Problem — Again')).toBe(titleKey('the f-35\'s "R and D" problem: again'))
    expect(titleKey('？！—')).toBe('')
  })
})

describe('titleSimilarity', () => {
  const cases: readonly [name: string, a: string, b: string, least: number, most: number][] = [
    ['equal titles', 'Can NATO Survive?', 'can nato survive', 1, 1],
    ['an edited title', 'Can America Still Defend Taiwan?', 'Can America Still Really Defend Taiwan?', 0.8, 0.95],
    ['titles on one event', 'Russia Strikes Kyiv Again', 'Russia Strikes Odesa and Kyiv', 0.3, 0.75],
    ['titles without a word in common', 'A Fleet in Being', 'Budgets', 0, 0],
    ['no title', '', 'Budgets', 0, 0],
  ]
  for (const [name, a, b, least, most] of cases)
    it(`ranks ${name}`, () => {
      expect(titleSimilarity(a, b)).toBeGreaterThanOrEqual(least)
      expect(titleSimilarity(a, b)).toBeLessThanOrEqual(most)
      expect(titleSimilarity(b, a)).toBe(titleSimilarity(a, b))
    })
})

describe('articleQuestions', () => {
  it('asks for what the post and the operator name, each once', () => {
    const post = aPost({
      outlets: [TNI],
      cited: [citing('a'), citing('b')],
      englishLines: ['Big Title', 'BIG title!'].map((text, block) => ({ block, text })),
      stated: { title: 'Other', where: 'front matter' },
      bylines: [
        { block: 0, author: 'Jane Doe', date: 5 },
        { block: 1, author: 'John Doe', date: 5 },
        { block: 2, date: 6 },
      ],
    })
    expect(articleQuestions(post, 30 * DAY, ['tni.example/feature/a', 'tni.example/c'])).toEqual({
      addresses: ['tni.example/feature/a', 'tni.example/c', 'tni.example/feature/b'],
      titleKeys: ['bigtitle', 'other'],
      span: { from: POSTED - 30 * DAY, to: POSTED + 2 * DAY, outlets: [TNI] },
      days: [5],
    })
  })
})
