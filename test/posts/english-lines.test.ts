import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../src/html/blocks.ts'
import { englishLines } from '../../src/posts/english-lines.ts'

const textsIn = (html: string) => englishLines(blocksOf(html)).map(({ text }) => text)

describe('englishLines', () => {
  const cases: readonly [claim: string, html: string, texts: readonly string[]][] = [
    ['finds a title of its own', '<p>本文■</p><h3>Why the Navy Needs More Frigates</h3>', ['Why the Navy Needs More Frigates']],
    ['finds a title behind a label', '<p>原題：Why the Navy Needs More Frigates</p>', ['Why the Navy Needs More Frigates']],
    ['finds a title in corner brackets', '<p>記事「Why the Navy Needs More Frigates」の訳</p>', ['Why the Navy Needs More Frigates']],
    [
      'finds a title that a link shows',
      '<p>元記事は<a href="https://twz.com/a-b-c">Why the Navy Needs Frigates</a>です</p>',
      ['Why the Navy Needs Frigates'],
    ],
    [
      'keeps few Japanese letters within a title',
      '<p>Why Japan’s 海自 Needs More Frigates Soon</p>',
      ['Why Japan’s 海自 Needs More Frigates Soon'],
    ],
    ['gives a text once', '<p>One More Carrier Group</p><p>One More Carrier Group</p>', ['One More Carrier Group']],
    ['passes over bylines', '<p>By Jane Mary Doe</p><p>Sean Broderick December 04, 2020</p>', []],
    ['passes over addresses', '<p>https://www.twz.com/sea/why-the-navy-needs-more-frigates</p>', []],
    [
      'passes over captions',
      '<p>Source: Pilar Wolfsteller/FlightGlobal</p><p>U.S. Navy photo by Jane Doe</p><figcaption>A ship at sea today</figcaption>',
      [],
    ],
    ['passes over two words', '<p>Breaking Newsletter</p>', []],
    ['passes over names within Japanese', '<p>国防総省(Department of Defense)は沈黙を守る。</p>', []],
    ['passes over paragraphs', `<p>${'The ship went to sea. '.repeat(20)}</p>`, []],
  ]
  for (const [claim, html, texts] of cases) it(claim, () => expect(textsIn(html)).toEqual(texts))

  it('stops at forty', () => {
    const html = Array.from({ length: 100 }, (_, index) => `<p>Why the Navy Needs Frigate ${index}</p>`).join('')
    expect(textsIn(html)).toHaveLength(40)
  })
})
