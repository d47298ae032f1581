import { describe, expect, it } from 'vitest'
import { linkHeader } from '../../src/web/link-header.ts'

const SITE = { url: 'https://feeds.example.jp/x/', language: 'ja', hubs: ['https://hub.example/'] } as const
const SLUG = encodeURIComponent('米外交')

/** Links by what they are, addresses relative to the site. */
function links(path: string): readonly string[] {
  return (linkHeader(path, SITE) ?? '').split(', ').map(link => link.replace(SITE.url, '').replace(/"/g, ''))
}

describe('linkHeader', () => {
  it('gives a feed itself, its hub, its other syntaxes and its page', () =>
    expect(links('feeds/米外交.rss')).toEqual([
      `<feeds/${SLUG}.rss>; rel=self; type=application/rss+xml`,
      '<https://hub.example/>; rel=hub',
      `<feeds/${SLUG}.atom>; rel=alternate; type=application/atom+xml`,
      `<feeds/${SLUG}.json>; rel=alternate; type=application/feed+json`,
      `<labels/${SLUG}>; rel=alternate; type=text/html`,
    ]))

  it('gives a page its feeds and its other language', () =>
    expect(links('en/labels/米外交.html')).toEqual([
      `<feeds/${SLUG}.atom>; rel=alternate; type=application/atom+xml`,
      `<feeds/${SLUG}.rss>; rel=alternate; type=application/rss+xml`,
      `<feeds/${SLUG}.json>; rel=alternate; type=application/feed+json`,
      `<labels/${SLUG}>; rel=alternate; type=text/html; hreflang=ja`,
    ]))

  it('holds nothing that a header may not', () =>
    expect(linkHeader('feeds/"evil">, <b>.atom', SITE)).toMatch(
      /^(?:<[\x21-\x7e]+>; rel="\w+"; type="[\w/+]+"(?:, )?|<https:\/\/hub\.example\/>; rel="hub", )+$/,
    ))

  for (const path of ['index.html', 'style.css', 'feeds/a/archive-1.atom', 'labels/a/2025.html', 'feeds.opml'])
    it(`gives ${path} none`, () => expect(linkHeader(path, SITE)).toBeUndefined())
})
