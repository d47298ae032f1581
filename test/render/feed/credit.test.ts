import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../../src/domain/identifiers.ts'
import type { Credit } from '../../../src/domain/output-feed.ts'
import { commentParagraph, creditParagraph } from '../../../src/render/feed/credit.ts'

const ja = { language: 'ja', timeZone: 'Asia/Tokyo' } as const
const en = { language: 'en', timeZone: 'UTC' } as const
const outlet = { id: 'fp' as OutletId, name: 'Foreign Policy' }
const bare: Credit = { authors: [], language: 'en', tier: 2 }
const whole: Credit = {
  ...bare,
  outlet,
  url: 'https://fp.example/a?b=1&c="',
  title: 'War & "Peace" <now>',
  authors: ['Jane Doe', 'J. <Roe>'],
  published: Date.parse('2025-03-11T15:00:00Z'),
}
const href = 'https://fp.example/a?b=1&amp;c=%22'
const address = `<a href="${href}" hreflang="en" lang="en">${href}</a>`
const link = `<a href="${href}" hreflang="en" lang="en">War &amp; "Peace" &lt;now&gt;</a>`
const { title: _title, ...untitled } = whole
const { url: _url, ...unlinked } = whole

const originals: readonly [name: string, credit: Credit, ja: string, en: string][] = [
  [
    'all that is known',
    whole,
    `<p>原文：Foreign Policy「${link}」（Jane Doe、J. &lt;Roe&gt;、2025年3月12日）</p>`,
    `<p>Original: Foreign Policy, “${link}” (Jane Doe, J. &lt;Roe&gt;, 11 March 2025)</p>`,
  ],
  [
    'an address without title',
    { ...untitled, authors: [], published: Number.NaN },
    `<p>原文：Foreign Policy ${address}</p>`,
    `<p>Original: Foreign Policy ${address}</p>`,
  ],
  [
    'a title without address',
    { ...unlinked, authors: ['Jane Doe'], published: Number.NaN },
    '<p>原文：Foreign Policy「War &amp; "Peace" &lt;now&gt;」（Jane Doe）</p>',
    '<p>Original: Foreign Policy, “War &amp; "Peace" &lt;now&gt;” (Jane Doe)</p>',
  ],
  ['an outlet alone', { ...bare, outlet }, '<p>原文：Foreign Policy</p>', '<p>Original: Foreign Policy</p>'],
  ['an author alone', { ...bare, authors: ['Jane Doe'] }, '<p>原文：Jane Doe</p>', '<p>Original: Jane Doe</p>'],
  ['nothing', bare, '', ''],
]

describe('creditParagraph', () => {
  for (const [name, original, japanese, english] of originals)
    it(`names ${name}`, () => {
      expect(creditParagraph({ kind: 'post', original, outlets: [outlet] }, ja)).toBe(japanese)
      expect(creditParagraph({ kind: 'post', original, outlets: [outlet] }, en)).toBe(english)
    })

  it('names the outlets a post cites when its original is unknown', () => {
    const outlets = [outlet, { id: 'x' as OutletId, name: 'R&D' }]
    expect(creditParagraph({ kind: 'post', outlets }, ja)).toBe('<p>出典：Foreign Policy、R&amp;D</p>')
    expect(creditParagraph({ kind: 'post', outlets: [] }, ja)).toBe('')
  })

  it('adds nothing to an article', () => {
    expect(creditParagraph({ kind: 'article', outlets: [outlet] }, ja)).toBe('')
  })
})

describe('commentParagraph', () => {
  it('carries the comment as text', () => {
    expect(commentParagraph('A<b>', 'ja')).toBe('<p>訳者コメント：A&lt;b&gt;</p>')
    expect(commentParagraph('A', 'en')).toBe('<p>Translator’s comment: A</p>')
  })

  it('is empty for a post without one', () => {
    expect(commentParagraph(undefined, 'ja') + commentParagraph(' ', 'ja')).toBe('')
  })
})
