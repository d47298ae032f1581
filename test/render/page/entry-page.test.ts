import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/domain/match.ts'
import { type EntryView, entryPage } from '../../../src/render/page/entry-page.ts'
import { allOf, anEntry, aRule, aSite, aSlug } from './page-samples.ts'

const CREDIT: Evidence = { kind: 'cited-address', url: 'https://nationalinterest.example/feature/a', as: 'link', isCredit: true }
const page = (changes: Partial<EntryView> = {}) =>
  entryPage({
    site: aSite(),
    language: 'ja',
    entry: anEntry(),
    paragraphs: ['交渉団は停戦の大枠に合意した。', '残るのは細部である。'],
    originalText: { excerpt: 'Negotiators have agreed.', rights: '© TNI' },
    identification: { tier: 2, decidedBy: 'machine', evidence: [CREDIT], outletName: () => 'The National Interest' },
    labels: [{ name: 'ロシア', feed: aRule({ slug: aSlug('russia'), title: 'ロシア' }) }, { name: '停戦' }],
    generatorVersion: '1.2.3',
    ...changes,
  })
const withProperty = (markup: string, name: string, property: string) =>
  allOf(markup, name).filter(({ attributes }) => attributes['itemprop'] === property)
const linksOf = (markup: string) => allOf(markup, 'link').map(({ attributes }) => attributes)

describe('entryPage', () => {
  it('is headed by the headline of the translation and says who translated it', () => {
    expect(allOf(page(), 'h1')).toMatchObject([{ text: '停戦の先にあるもの', attributes: { lang: 'ja' } }])
    expect(withProperty(page(), 'span', 'translator')).toMatchObject([{ text: '訳者' }])
  })

  it('shows the beginning of the translation paragraph by paragraph and leads to the rest', () => {
    const paragraphs = allOf(page(), 'p').filter(({ attributes }) => attributes['class'] === 'excerpt')
    expect(paragraphs.map(({ text }) => text)).toEqual([
      '交渉団は停戦の大枠に合意した。',
      '残るのは細部である。',
      'Negotiators have agreed.',
    ])
    expect(allOf(page(), 'a').find(({ text }) => text === '訳文の全文を読む')?.attributes['href']).toBe(
      'https://blog.example/2025/03/post-1.html',
    )
  })

  it('shows the original beside it, with what its outlet allows and its rights line', () => {
    const [original] = withProperty(page(), 'div', 'translationOfWork')
    for (const text of ['The National Interest', 'What Comes After a Ceasefire', 'Jane Whitcombe', '2025年3月10日', 'Negotiators', '© TNI'])
      expect(original?.text).toContain(text)
  })

  it('states both languages for machines', () =>
    expect(withProperty(page(), 'meta', 'inLanguage').map(({ attributes }) => attributes['content'])).toEqual(['ja', 'en']))

  it('is canonical for itself in each language, as it is about the post and no copy of it', () => {
    const links = linksOf(page({ language: 'en' }))
    expect(links.find(({ rel }) => rel === 'canonical')?.['href']).toBe('https://user.example/translations/en/entries/entry-1')
    const versions = links.filter(({ hreflang }) => hreflang !== undefined).map(({ hreflang, href }) => [hreflang, href])
    expect(versions).toEqual([
      ['ja', 'https://user.example/translations/entries/entry-1'],
      ['en', 'https://user.example/translations/en/entries/entry-1'],
      ['x-default', 'https://user.example/translations/entries/entry-1'],
    ])
  })

  it('lets readers discover the feeds of its labels', () =>
    expect(linksOf(page()).filter(({ type }) => type === 'application/atom+xml')).toMatchObject([
      { title: 'ロシア', href: '/translations/feeds/russia.atom' },
    ]))

  it('links the labels that have a feed and names the others', () => {
    expect(allOf(page(), 'a').find(({ text }) => text === 'ロシア')?.attributes['href']).toBe('/translations/labels/russia')
    expect(allOf(page(), 'a').some(({ text }) => text === '停戦')).toBe(false)
    expect(page()).toContain('停戦</span>')
  })

  it('says how the original was found', () => {
    expect(page()).toContain('訳文に原文のURLが記されています。')
    expect(page({ language: 'en' })).toContain('The translation gives the address of the original.')
    expect(allOf(page(), 'dd').map(({ text }) => text)).toEqual(['nationalinterest.example'])
  })

  it('says of a post without an original no more than that', () => {
    const { original: _, ...unmatched } = anEntry()
    const { identification: __, originalText: ___, ...view } = { ...viewOf(), entry: unmatched }
    const markup = entryPage(view)
    expect(markup).toContain('原文は未確認')
    expect(markup).not.toContain('原文の確認方法')
  })

  it('has a heading where the headline is missing', () =>
    expect(allOf(page({ entry: anEntry({ title: ' ' }) }), 'h1')[0]?.text).toBe('(無題)'))

  it('links nothing that is no web address', () => {
    const markup = page({ entry: anEntry({ url: 'javascript:alert(1)' }) })
    expect(markup).not.toContain('javascript:')
    expect(markup).not.toContain('訳文の全文を読む')
  })
})

function viewOf(): EntryView {
  return {
    site: aSite(),
    language: 'ja',
    entry: anEntry(),
    paragraphs: [],
    originalText: { excerpt: '' },
    identification: { tier: 2, decidedBy: 'machine', evidence: [], outletName: () => undefined },
    labels: [],
    generatorVersion: '1.2.3',
  }
}
