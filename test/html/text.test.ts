import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptOf, firstParagraphs, textOf } from '../../src/html/text.ts'

describe('textOf', () => {
  it('gives one block a line', () => {
    expect(textOf('<h1>題</h1><p>一つ目。<br>二つ目。</p>')).toBe('題\n一つ目。\n二つ目。')
  })
})

describe('excerptOf', () => {
  const cases: readonly (readonly [name: string, html: string, max: number, expected: string])[] = [
    ['gives all of a text that fits, as one paragraph', '<p>一つ目。</p><p>二つ目。</p>', 20, '一つ目。二つ目。'],
    ['cuts after the last sentence that fits', '<p>米国は動いた。中国も動いた。ロシアは動かない。</p>', 16, '米国は動いた。中国も動いた。'],
    ['cuts within a sentence that ends too early', '<p>はい。米国とウクライナの交渉は続いている。</p>', 12, 'はい。米国とウクライナ…'],
    ['keeps the bracket that closes a quotation', '<p>彼は「もう行かない。」大統領も「行く。」</p>', 13, '彼は「もう行かない。」'],
    ['does not cut a quotation from its verb', '<p>彼は「もう行かない。」と述べたらしい。</p>', 13, '彼は「もう行かない。」と…'],
    [
      'takes no full stop within a number for an end',
      '<p>The economy grew by 3.5 percent over the year</p>',
      26,
      'The economy grew by 3.5 p…',
    ],
    ['takes no initial for an end', '<p>The talks of the U.S. envoy failed again</p>', 26, 'The talks of the U.S. env…'],
    ['cuts after English sentences', '<p>It is over. Nobody won. The war goes on.</p>', 27, 'It is over. Nobody won.'],
    ['splits no surrogate pair', '<p>𠮷野家𠮷野家</p>', 6, '𠮷野家…'],
    ['splits no combining sequence', '<p>ab\u0065\u0301\u0301cd</p>', 5, 'ab…'],
    ['splits no family', '<p>a👨‍👩‍👧‍👦b</p>', 8, 'a…'],
    ['gives nothing where there is no room', '<p>abc</p>', 0, ''],
  ]
  for (const [name, html, max, expected] of cases) it(name, () => expect(excerptOf(html, max)).toBe(expected))

  it('is never longer than asked and well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 40 }), (html, max) => {
        const excerpt = excerptOf(html, max)
        expect(excerpt.length).toBeLessThanOrEqual(max)
        expect(excerpt.isWellFormed()).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('firstParagraphs', () => {
  const cases: readonly (readonly [name: string, text: string, max: number, expected: readonly string[]])[] = [
    ['gives all there are where they fit', '一つ目。\n\n二つ目。', 20, ['一つ目。', '二つ目。']],
    ['ends the last one with a sentence', '一つ目。\n二つ目の一。二つ目の二です。', 12, ['一つ目。', '二つ目の一。']],
    ['cuts a first one that is too long', '長い長い長い長い一文', 6, ['長い長い長…']],
    ['leaves out a stump', '一つ目の段落です。\n長い長い長い一文', 12, ['一つ目の段落です。']],
    ['gives nothing of nothing', '', 10, []],
  ]
  for (const [name, text, max, expected] of cases) it(name, () => expect(firstParagraphs(text, max)).toEqual(expected))

  it('never gives more characters than it may', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (text, max) => {
        expect(firstParagraphs(text, max).join('').length).toBeLessThanOrEqual(max)
      }),
    ))
})
