import { describe, expect, it } from 'vitest'
import { blocksOf } from '../../src/html/blocks.ts'
import { citedAddresses } from '../../src/posts/cited-addresses.ts'
import { SAMPLE_DIRECTORY } from './sample-outlets.ts'

const URL_1 = 'https://nationalinterest.org/feature/what-comes-next'
const URL_2 = 'https://www.twz.com/sea/f-35-takes-off'
const citedIn = (html: string) => citedAddresses(blocksOf(html), SAMPLE_DIRECTORY)
const summary = (html: string) => citedIn(html).map(({ address, as, isCredit }) => `${address} ${as}${isCredit ? ' credit' : ''}`)

describe('citedAddresses', () => {
  it('gives the address as written, its key, outlet and block', () => {
    expect(citedIn(`<p>本文</p><p><a href="${URL_2}?utm_source=x">記事</a></p>`)).toEqual([
      { url: `${URL_2}?utm_source=x`, address: 'twz.com/sea/f-35-takes-off', outlet: 'twz', as: 'link', block: 1, isCredit: true },
    ])
  })

  const one = 'nationalinterest.org/feature/what-comes-next'
  const two = 'twz.com/sea/f-35-takes-off'
  const cases: readonly [claim: string, html: string, cited: readonly string[]][] = [
    ['takes a lone link for a credit', `<p><a href="${URL_1}">What Comes Next</a></p>`, [`${one} link credit`]],
    ['takes a lone address for a credit', `<p>${URL_1}</p>`, [`${one} text credit`]],
    ['takes a link within a sentence for a mention', `<p>前に<a href="${URL_1}">この記事</a>で触れた。</p>`, [`${one} link`]],
    ['takes an address within a sentence for a mention', `<p>前に ${URL_1} で触れた。</p>`, [`${one} text`]],
    ['ends an address before Japanese', `<p>詳しくは${URL_1}、または「${URL_2}」へ。</p>`, [`${one} text`, `${two} text`]],
    ['knows 原文', `<p>原文：<a href="${URL_1}">What Comes Next</a>（英語）です</p>`, [`${one} link credit`]],
    ['knows 元記事は', `<p>元記事は<a href="${URL_1}">こちら</a>です。</p>`, [`${one} link credit`]],
    ['knows 出典', `<p>以上、訳です。出典: ${URL_1} より</p>`, [`${one} text credit`]],
    ['knows 引用元', `<p>引用元→<a href="${URL_1}">TNI</a>より</p>`, [`${one} link credit`]],
    ['knows Source', `<p>Source: <a href="${URL_1}">TNI</a>, March 12</p>`, [`${one} link credit`]],
    ['knows via', `<p>(via <a href="${URL_1}">TNI</a> 3/12)</p>`, [`${one} link credit`]],
    ['gives each address once', `<p>${URL_1}</p><p>${URL_1}?utm_medium=x</p>`, [`${one} text credit`]],
    [
      'prefers the occurrence that is a credit and keeps the order of first appearance',
      `<p>この<a href="${URL_1}#a">記事</a>と<a href="${URL_2}">別の記事</a>の話。</p><p>${URL_1}</p>`,
      [`${one} text credit`, `${two} link`],
    ],
    [
      'does not read a shortened address that a link shows',
      `<p><a href="${URL_1}">https://nationalinterest.org/feature/what-co...</a></p>`,
      [`${one} link credit`],
    ],
    ['applies moved hosts', '<p>https://www.thedrive.com/the-war-zone/12345/a-b-c</p>', ['twz.com/12345/a-b-c text credit']],
    ['reads addresses without scheme', '<p>www.twz.com/sea/f-35-takes-off</p>', [`${two} text credit`]],
    ['passes over unknown hosts', '<p>https://example.com/some/long-article-slug</p>', []],
    [
      'passes over home, section and author pages',
      '<p><a href="https://twz.com/">TWZ</a> <a href="https://twz.com/category/sea-power-x">海</a> https://twz.com/author/jane-m-doe</p>',
      [],
    ],
    ['passes over images', '<p><a href="https://twz.com/uploads/f-35-takes-off.jpg">写真</a></p>', []],
    [
      'passes over sharing links',
      `<p><a href="https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(URL_1)}">共有</a></p>`,
      [],
    ],
  ]
  for (const [claim, html, cited] of cases) it(claim, () => expect(summary(html)).toEqual(cited))

  it('stays quick on a hostile body and stops at fifty', () => {
    const startedAt = performance.now()
    const html = Array.from({ length: 20_000 }, (_, index) => `<a href="https://twz.com/sea/slug-of-${index}">x</a> `).join('')
    expect(citedIn(`<p>${html}</p>`)).toHaveLength(50)
    expect(citedIn(`<p>${'www.twz.com('.repeat(50_000)}</p>`).length).toBeLessThan(50)
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })
})
