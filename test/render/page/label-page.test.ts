import { describe, expect, it } from 'vitest'
import type { OutputEntry } from '../../../src/domain/output-feed.ts'
import type { PageLanguage } from '../../../src/domain/site.ts'
import { labelPage } from '../../../src/render/page/label-page.ts'
import { aFeed, allOf, anEntry, anOutlet, aRule, aSite, aSlug } from './page-samples.ts'

const page = (entries: readonly OutputEntry[] = [anEntry()], language: PageLanguage = 'ja', rule = aRule()) =>
  labelPage({
    site: aSite(),
    language,
    feed: aFeed(entries, rule),
    years: [
      { year: 2024, count: 1240 },
      { year: 2025, count: 3 },
    ],
    labelSlug: label => (label === 'ロシア' ? aSlug('russia') : undefined),
    generatorVersion: '1.2.3',
  })
const article = (changes: Partial<OutputEntry>, language: PageLanguage = 'ja') => {
  const [only] = allOf(page([anEntry(changes)], language), 'article')
  return only?.text ?? ''
}
const linkTo = (markup: string, href: string) => allOf(markup, 'a').find(({ attributes }) => attributes['href'] === href)

describe('labelPage', () => {
  it('lets readers discover the feed in its three syntaxes', () => {
    const found = allOf(page(), 'link').filter(({ attributes }) => attributes['title'] !== undefined)
    expect(found.map(({ attributes }) => [attributes['type'], attributes['href']])).toEqual([
      ['application/atom+xml', '/translations/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96.atom'],
      ['application/rss+xml', '/translations/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96.rss'],
      ['application/feed+json', '/translations/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96.json'],
    ])
  })

  it('is headed by the feed and counts what it shows', () => {
    const markup = page([anEntry(), anEntry({ kind: 'article' })])
    expect(allOf(markup, 'h1')[0]?.text).toBe('米外交政策')
    expect(markup).toContain('うち訳文1件')
    expect(markup).toContain('原文確認済み1件')
  })

  it('names the label where the feed is called otherwise', () =>
    expect(allOf(page([], 'ja', aRule({ title: 'アメリカの外交' })), 'main')[0]?.text).toContain('ラベル 米外交政策'))

  it('keeps the order of the feed', () => {
    const headings = allOf(page([anEntry({ title: '二' }), anEntry({ title: '一' })]), 'h2').map(({ text }) => text)
    expect(headings).toEqual(['二', '一'])
  })

  it('heads an entry with the Japanese title as link to the post', () =>
    expect(linkTo(page(), 'https://blog.example/2025/03/post-1.html')).toMatchObject({
      text: '停戦の先にあるもの',
      attributes: { hreflang: 'ja' },
    }))

  it('sets the comment apart as the translator’s', () => {
    expect(article({})).toContain('訳者コメント逆向きのデタントですね。')
    expect(article({}, 'en')).toContain('Translator’s comment逆向きのデタントですね。')
  })

  it('leads to the original by outlet, English title, author and date', () => {
    const link = linkTo(page(), 'https://nationalinterest.example/feature/after-a-ceasefire')
    expect(link).toMatchObject({ text: 'What Comes After a Ceasefire', attributes: { hreflang: 'en' } })
    expect(allOf(page(), 'cite')[0]?.attributes['lang']).toBe('en')
    for (const text of ['The National Interest', 'Jane Whitcombe', '2025年3月10日']) expect(article({})).toContain(text)
  })

  it('marks the original as the work that is translated', () =>
    expect(allOf(page(), 'div').filter(({ attributes }) => attributes['itemprop'] === 'translationOfWork')).toHaveLength(1))

  it('names the host of an original of which only the address is known', () => {
    const entry = anEntry({ original: { url: 'https://news.example/a', authors: [], language: 'en', tier: 2 } })
    expect(linkTo(page([entry]), 'https://news.example/a')?.text).toBe('原文を読む (news.example)')
  })

  it('shows the title of an original without address as text', () => {
    const entry = anEntry({ original: { title: 'Offline', authors: [], language: 'en', tier: 3 } })
    expect(allOf(page([entry]), 'cite')[0]?.text).toBe('Offline')
    expect(allOf(page([entry]), 'a').some(({ text }) => text === 'Offline')).toBe(false)
  })

  it('says where an original was inferred from what both texts say', () => {
    const inferred = { outlet: anOutlet, title: 'X', authors: [], language: 'en', tier: 4 } as const
    expect(article({ original: inferred })).toContain('推定')
    expect(article({})).not.toContain('推定')
  })

  it('says discreetly that no original is known', () => {
    const { original: _, ...unmatched } = anEntry()
    expect(page([unmatched])).toContain('原文は未確認')
    expect(page([unmatched], 'en')).toContain('Original not identified')
  })

  it('marks an article that nobody has translated, and asks for no original of it', () => {
    const { original: _, comment: __, ...entry } = anEntry({ kind: 'article', language: 'en', title: 'Drydocks' })
    const markup = page([entry])
    expect(markup).toContain('未訳')
    expect(markup).not.toContain('原文は未確認')
    expect(allOf(markup, 'h2')[0]?.text).toBe('Drydocks')
  })

  it('links other labels that have a feed, names those that have none and does not repeat its own', () => {
    const text = article({})
    expect(linkTo(page(), '/translations/labels/russia')?.text).toBe('ロシア')
    expect(linkTo(page([anEntry()], 'en'), '/translations/en/labels/russia')?.text).toBe('ロシア')
    expect(text).toContain('停戦')
    expect(text).not.toContain('米外交政策')
  })

  it('leads to the page of each post, in its own language', () => {
    expect(linkTo(page(), '/translations/entries/entry-1')?.text).toBe('原文と並べて見る 停戦の先にあるもの')
    expect(linkTo(page([anEntry()], 'en'), '/translations/en/entries/entry-1')?.text).toContain('Side by side with the original')
    expect(allOf(page([anEntry({ kind: 'article' })]), 'a').some(({ attributes }) => attributes['href']?.includes('/entries/'))).toBe(false)
  })

  it('lists the years of the label, newest first, with their counts', () => {
    const [years] = allOf(page(), 'nav').filter(({ attributes }) => attributes['aria-label'] === '年別')
    expect(years?.text.trim()).toBe('年別2025年 32024年 1,240')
    expect(linkTo(page(), `/translations/labels/${encodeURIComponent('米外交政策')}/2024`)?.text).toBe('2024年')
  })

  it('leads on to older posts than the feed holds', () => {
    expect(page([anEntry({ published: Date.UTC(2024, 11, 31, 20) })])).toContain('これより前の訳は2025年の一覧へ')
    expect(page(Array.from({ length: 1243 }, () => anEntry()))).not.toContain('これより前')
  })

  it('says that a feed without entries is empty', () => expect(page([])).toContain('記事はまだありません。'))

  it('gives an entry without title a link people can follow', () =>
    expect(linkTo(page([anEntry({ title: ' ' })]), 'https://blog.example/2025/03/post-1.html')?.text).toBe('(無題)'))

  it('tells dates in the time zone of the site', () => expect(article({ published: Date.UTC(2025, 2, 12, 15) })).toContain('2025年3月13日'))
})
