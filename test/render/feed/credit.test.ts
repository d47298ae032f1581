import { describe, expect, it } from 'vitest'
import type { OutletId } from '../../../src/domain/identifiers.ts'
import type { Credit } from '../../../src/domain/output-feed.ts'
import { commentParagraph, creditParagraph, rightsParagraph } from '../../../src/render/feed/credit.ts'

const ja = { language: 'ja', timeZone: 'Asia/Tokyo', amid: 'ja' } as const
const en = { language: 'en', timeZone: 'UTC', amid: 'en-GB' } as const
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

const withReason = (paragraph: string, reason: string) => paragraph.replace('</p>', `<br>${reason}</p>`)

describe('creditParagraph', () => {
  for (const [name, original, japanese, english] of originals)
    it(`names ${name}`, () => {
      expect(creditParagraph({ kind: 'post', original, outlets: [outlet] }, ja)).toBe(
        withReason(japanese, '対応づけの根拠：本文に示された原文のURL'),
      )
      expect(creditParagraph({ kind: 'post', original, outlets: [outlet] }, en)).toBe(
        withReason(english, 'Matched by the address of the original given in the post'),
      )
    })

  it('names the outlets a post cites when its original is unknown', () => {
    const outlets = [outlet, { id: 'x' as OutletId, name: 'R&D' }]
    expect(creditParagraph({ kind: 'post', outlets }, ja)).toBe('<p>出典：Foreign Policy、R&amp;D</p>')
    expect(creditParagraph({ kind: 'post', outlets: [] }, ja)).toBe('')
  })

  it('says its language where it stands in a text of another one', () => {
    expect(creditParagraph({ kind: 'post', outlets: [outlet] }, { ...en, amid: 'ja' })).toBe('<p lang="en">Source: Foreign Policy</p>')
  })

  const reasons: readonly [tier: Credit['tier'], ja: string, en: string][] = [
    [1, '訳者または運営者の指定', 'Matched by the word of the translator or the operator'],
    [3, '原題、または著者名と日付の一致', 'Matched by the original’s title, or its author and date'],
    [4, '本文どうしの内容の照合', 'Matched by what both texts say'],
  ]
  for (const [tier, japanese, english] of reasons)
    it(`says what a match of tier ${tier} rests on`, () => {
      const entry = { kind: 'post', outlets: [], original: { ...whole, tier } } as const
      expect(creditParagraph(entry, ja)).toContain(`対応づけの根拠：${japanese}</p>`)
      expect(creditParagraph(entry, en)).toContain(`<br>${english}</p>`)
    })

  it('adds nothing to an article', () => {
    expect(creditParagraph({ kind: 'article', outlets: [outlet] }, ja)).toBe('')
  })
})

describe('rightsParagraph', () => {
  const rights = { type: 'html', value: '&copy; <b>FP</b> &amp; Co' } as const

  it('names the outlet of an article and its rights', () => {
    expect(rightsParagraph({ kind: 'article', outlets: [outlet], rights }, ja)).toBe('<p>出典：Foreign Policy（© FP &amp; Co）</p>')
    expect(rightsParagraph({ kind: 'article', outlets: [outlet], rights }, en)).toBe('<p>Source: Foreign Policy (© FP &amp; Co)</p>')
    expect(rightsParagraph({ kind: 'article', outlets: [outlet] }, en)).toBe('<p>Source: Foreign Policy</p>')
    expect(rightsParagraph({ kind: 'article', outlets: [], rights }, en)).toBe('<p>Source: © FP &amp; Co</p>')
  })

  it('is empty for a post, and for an article nothing is known of', () => {
    expect(rightsParagraph({ kind: 'post', outlets: [outlet], rights }, ja) + rightsParagraph({ kind: 'article', outlets: [] }, ja)).toBe(
      '',
    )
  })
})

describe('commentParagraph', () => {
  it('carries the comment as text', () => {
    expect(commentParagraph('A<b>', ja)).toBe('<p>訳者コメント：A&lt;b&gt;</p>')
    expect(commentParagraph('A', en)).toBe('<p>Translator’s comment: A</p>')
  })

  it('is empty for a post without one', () => {
    expect(commentParagraph(undefined, ja) + commentParagraph(' ', ja)).toBe('')
  })
})
