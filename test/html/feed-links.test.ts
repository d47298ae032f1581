import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { feedLinksOf } from '../../src/html/feed-links.ts'

const BASE = 'https://outlet.example/news/index.html'

describe('feedLinksOf', () => {
  const cases: readonly [name: string, html: string, expected: readonly string[]][] = [
    ['resolves against the page', '<link rel="alternate" type="application/rss+xml" href="feed">', ['https://outlet.example/news/feed']],
    [
      'resolves against its base element',
      '<base href="/a/"><base href="/b/"><link rel=alternate type=application/atom+xml href=x>',
      ['https://outlet.example/a/x'],
    ],
    [
      'takes Atom, RSS and JSON feeds in any case, with parameters',
      '<LINK REL="Alternate Home" TYPE="Application/Atom+XML; charset=utf-8" HREF="/1"/><link rel=alternate type="application/feed+json" href="/2">',
      ['https://outlet.example/1', 'https://outlet.example/2'],
    ],
    [
      'leaves what is no feed',
      `<link rel="alternate" type="application/json" href="/wp-json"><link rel="alternate" hreflang="ja" href="/ja">
       <link rel="stylesheet" type="application/rss+xml" href="/x"><link rel="service.post" type="application/atom+xml" href="/y">
       <a rel="alternate" type="application/rss+xml" href="/z">feed</a>`,
      [],
    ],
    [
      'gives an address once, fragments apart',
      '<link rel=alternate type="application/rss+xml" href="/f"><link rel=alternate type="application/atom+xml" href="/f#top">',
      ['https://outlet.example/f'],
    ],
    [
      'looks into no comment and no script',
      '<!-- <link rel=alternate type=application/rss+xml href=/a> --><script>"<link rel=alternate type=application/rss+xml href=/b>"</script>',
      [],
    ],
    [
      'takes addresses of the web alone',
      '<link rel=alternate type=application/rss+xml href="javascript:alert(1)"><link rel=alternate type=application/rss+xml href="file:///etc/passwd"><link rel=alternate type=application/rss+xml>',
      [],
    ],
    ['decodes references', '<link rel=alternate type=application/rss+xml href="/f?a=1&amp;b=2">', ['https://outlet.example/f?a=1&b=2']],
  ]
  for (const [name, html, expected] of cases) {
    it(name, () => expect(feedLinksOf(html, BASE).map(({ href }) => href)).toEqual(expected))
  }

  it('gives the type, and the title on one line', () => {
    const html = '<link rel=alternate type="application/rss+xml; x" title=" Outlet\n &raquo; Feed " href="/f">'
    expect(feedLinksOf(html, BASE)).toEqual([{ href: 'https://outlet.example/f', type: 'application/rss+xml', title: 'Outlet » Feed' }])
  })

  it('stops at a hundred', () => {
    const html = Array.from({ length: 5_000 }, (_, n) => `<link rel=alternate type=application/rss+xml href=/${n}>`).join('')
    expect(feedLinksOf(html, BASE)).toHaveLength(100)
  })

  it('survives anything', () => {
    const piece = fc.constantFrom(
      '<link ',
      'rel=alternate ',
      'type="application/rss+xml" ',
      "href='",
      '"',
      '>',
      '<base href=',
      '//',
      '<!--',
      '&#0;',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => {
        for (const { href } of feedLinksOf(pieces.join(''), BASE)) expect(href).toMatch(/^https?:\/\//)
      }),
    )
  })
})
