import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../src/html/blocks.ts'
import { bylineIn, bylines } from '../../src/posts/bylines.ts'

const PUBLISHED = Date.UTC(2025, 2, 20)

describe('bylineIn', () => {
  const cases: readonly [line: string, author?: string | undefined, date?: string][] = [
    ['By Jon Hemmerdinger12 December 2020', 'Jon Hemmerdinger', '2020-12-12'],
    ['Sean Broderick December 04, 2020', 'Sean Broderick', '2020-12-04'],
    ['Andrew Taffer 記者による2019-9-6記事「What China Really Wants」', 'Andrew Taffer', '2019-09-06'],
    ['By Anna Fifield February 19', 'Anna Fifield', '2025-02-19'],
    ['By Anna Fifield February 19 / Washington Post', 'Anna Fifield', '2025-02-19'],
    ['March 12, 2025, By: Jane Doe', 'Jane Doe', '2025-03-12'],
    ['March 14, 2025\u00A0 By Example Author', 'Example Author', '2025-03-14'],
    ['By JANE VAN DER BERG', 'JANE VAN DER BERG'],
    ['by Jane Doe, The National Interest', 'Jane Doe'],
    ['By Jane Doe and John O’Neil-Smith, March 3, 2025', 'Jane Doe and John O’Neil-Smith', '2025-03-03'],
    ['Published on Mar. 3, 2025 8:00 am ET', undefined, '2025-03-03'],
    ['2025年3月12日 ジェイムズ・ドウ', undefined, '2025-03-12'],
    ['2025年3月12日付の記事', undefined, '2025-03-12'],
    ['著者：Jane Doe', 'Jane Doe'],
    ['Jane Doe 著', 'Jane Doe'],
    ['March 12, 2025', undefined, '2025-03-12'],
    ['３月１２日 2025年3月12日', undefined, '2025-03-12'],
  ]
  for (const [line, author, date] of cases)
    it(`reads "${line}"`, () => {
      const byline = bylineIn(line, PUBLISHED)
      expect([byline?.author, byline?.date]).toEqual([author, date === undefined ? undefined : Date.parse(date)])
    })

  const none = [
    '3月11日、米国とウクライナの交渉は合意に達した。',
    '2025年3月11日、米国とウクライナの交渉は合意に達した',
    'Elon Musk氏は2025年3月12日に訪問した。',
    '6日付Defense-Newsが伝えたところでは',
    'By Any Means Necessary: How Taiwan Can Win',
    'Step by Step Toward War',
    'Jane Doe is a senior fellow at the Center. She wrote this on March 3, 2025.',
    'America’s Next Carrier',
    '原文: The National Interest',
    'February 19',
  ]
  for (const line of none) it(`reads nothing in "${line}"`, () => expect(bylineIn(line, PUBLISHED)).toBeUndefined())
})

describe('bylines', () => {
  it('says in which block a byline stands, and passes over captions', () => {
    const blocks = blocksOf('<p>本文です。</p><figcaption>By Jane Doe March 1, 2025</figcaption><p>By John Roe<br>March 12, 2025</p>')
    expect(bylines(blocks, PUBLISHED)).toEqual([
      { block: 2, author: 'John Roe' },
      { block: 3, date: Date.UTC(2025, 2, 12) },
    ])
  })

  it('stops at twenty', () => {
    expect(bylines(blocksOf('<p>By Jane Doe</p>'.repeat(100)), PUBLISHED)).toHaveLength(20)
  })
})
