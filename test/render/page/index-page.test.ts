import { describe, expect, it } from 'vitest'
import type { PageLanguage, Site } from '../../../src/domain/site.ts'
import { type FeedSummary, indexPage } from '../../../src/render/page/index-page.ts'
import { allOf, aRule, aSite, aSlug } from './page-samples.ts'

const newest = Date.UTC(2025, 2, 12, 15)
const diplomacy: FeedSummary = {
  rule: aRule(),
  count: 1412,
  newest,
  translated: 1412,
  withOriginal: 1387,
  newestHeadline: '停戦の先にあるもの',
}
const nato: FeedSummary = {
  rule: aRule({ slug: aSlug('nato'), title: 'NATO', label: 'NATO' }),
  count: 0,
  newest: null,
  translated: 0,
  withOriginal: 0,
}

const page = (language: PageLanguage = 'ja', feeds: readonly FeedSummary[] = [diplomacy, nato], site: Site = aSite()) =>
  indexPage({ site, language, feeds, generatorVersion: '1.2.3' })
const linksOf = (markup: string, rel: string) =>
  allOf(markup, 'link')
    .map(({ attributes }) => attributes)
    .filter(link => link['rel'] === rel)
const hrefsOf = (markup: string) => allOf(markup, 'a').map(({ attributes }) => attributes['href'])

describe('indexPage', () => {
  it('lets readers discover the Atom feed of every label', () =>
    expect(linksOf(page(), 'alternate').filter(link => link['type'] !== undefined)).toEqual([
      {
        rel: 'alternate',
        type: 'application/atom+xml',
        title: '米外交政策',
        href: '/translations/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4%E6%94%BF%E7%AD%96.atom',
      },
      { rel: 'alternate', type: 'application/atom+xml', title: 'NATO', href: '/translations/feeds/nato.atom' },
    ]))

  it('offers each feed in three syntaxes', () => {
    const hrefs = hrefsOf(page())
    for (const syntax of ['atom', 'rss', 'json']) expect(hrefs).toContain(`/translations/feeds/nato.${syntax}`)
  })

  it('names the feed in each link to it, also for those who hear links out of context', () => {
    const names = allOf(page(), 'a').map(({ text }) => text)
    expect(names).toContain('「NATO」のフィード、Atom')
  })

  it('links to the pages of the labels in its own language', () => {
    expect(hrefsOf(page('ja'))).toContain('/translations/labels/nato')
    expect(hrefsOf(page('en'))).toContain('/translations/en/labels/nato')
  })

  it('tells count, known originals, newest date and headline', () => {
    const [item] = allOf(page(), 'li')
    for (const text of ['1,412件', '原文確認済み1,387件', '2025年3月13日', '停戦の先にあるもの']) expect(item?.text).toContain(text)
  })

  it('counts translations apart where the feed has other entries too', () => {
    const mixed = { ...diplomacy, count: 3, translated: 2, withOriginal: 1 }
    expect(allOf(page('en', [mixed]), 'li')[0]?.text).toContain('3 entries 2 translated 1 with their original')
    expect(allOf(page('en', [diplomacy]), 'li')[0]?.text).not.toContain('translated')
  })

  it('says so when a feed has no entries, and when there are no feeds', () => {
    expect(page('ja', [nato])).toContain('記事はまだありません。')
    expect(page('ja', [])).toContain('配信中のフィードはまだありません。')
  })

  it('is canonical at the address of its language and points at both', () => {
    expect(linksOf(page('en'), 'canonical')).toEqual([{ rel: 'canonical', href: 'https://user.example/translations/en/' }])
    expect(linksOf(page('en'), 'alternate').filter(link => link['hreflang'] !== undefined)).toEqual([
      { rel: 'alternate', hreflang: 'ja', href: 'https://user.example/translations/' },
      { rel: 'alternate', hreflang: 'en', href: 'https://user.example/translations/en/' },
      { rel: 'alternate', hreflang: 'x-default', href: 'https://user.example/translations/' },
    ])
  })

  it('switches to the other language', () => {
    const [toEnglish] = allOf(page('ja'), 'a').filter(({ attributes }) => attributes['hreflang'] === 'en')
    const [toJapanese] = allOf(page('en'), 'a').filter(({ attributes }) => attributes['hreflang'] === 'ja')
    expect(toEnglish).toMatchObject({ text: 'English', attributes: { href: '/translations/en/', lang: 'en' } })
    expect(toJapanese).toMatchObject({ text: '日本語', attributes: { href: '/translations/', lang: 'ja' } })
  })

  it('puts Japanese under its prefix where the site is English', () =>
    expect(hrefsOf(page('ja', [nato], aSite({ language: 'en' })))).toContain('/translations/ja/labels/nato'))

  it('declares its own language and that of the names it shows', () => {
    expect(allOf(page('en'), 'html')[0]?.attributes).toEqual({ lang: 'en' })
    expect(allOf(page('en'), 'h1')[0]).toMatchObject({ text: '論考の架け橋', attributes: { lang: 'ja' } })
  })

  it('finds everything at the root of a host too', () => {
    const markup = page('ja', [nato], aSite({ url: 'https://feeds.example/' }))
    expect(linksOf(markup, 'stylesheet')[0]?.['href']).toBe('/style.css')
    expect(hrefsOf(markup)).toContain('/labels/nato')
  })

  it('needs no script, inline style or form', () => {
    const markup = page()
    for (const name of ['script', 'style', 'form', 'iframe', 'base']) expect(allOf(markup, name)).toEqual([])
    expect(markup).not.toMatch(/ (style|on\w+)=/)
  })

  it('has one main, one h1 and a way past the banner', () => {
    const markup = page()
    expect(allOf(markup, 'h1')).toHaveLength(1)
    expect(allOf(markup, 'main')).toMatchObject([{ attributes: { id: 'main' } }])
    expect(allOf(markup, 'a')[0]).toMatchObject({ text: 'スキップして本文へ', attributes: { href: '#main' } })
  })

  it('says what made it', () => expect(page()).toContain('<meta name="generator" content="Kakehashi 1.2.3">'))
})
