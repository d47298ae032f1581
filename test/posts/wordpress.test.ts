import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/domain/feed.ts'
import type { FailureReason } from '../../src/domain/poll.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'
import { isWordpressFeed, pagedWordpressBlog, WORDPRESS_PAGING, wordpressApi } from '../../src/posts/wordpress.ts'

const EMPTY = { authors: [], contributors: [], categories: [], links: [] }
const API = 'https://blog.example.jp/wp-json/'
const PLAIN = 'https://blog.example.jp/index.php?rest_route=/'

function aFeed(generator?: string, received = 0): Feed {
  const entries = Array.from({ length: received }, (_, index) => ({ ...EMPTY, id: `https://blog.example.jp/?p=${index}` }))
  return { format: 'rss', metadata: { ...EMPTY, ...(generator === undefined ? {} : { generator }) }, entries, skipped: [] }
}

describe('isWordpressFeed', () => {
  const cases: readonly [generator: string | undefined, apiLink: string | undefined, is: boolean][] = [
    ['https://wordpress.org/?v=6.8.3', undefined, true],
    ['http://wordpress.org/?v=4.2.5', undefined, true],
    ['http://wordpress.com/', undefined, true],
    ['\n\thttps://ja.wordpress.org/?v=6.1\t', undefined, true],
    ['WordPress', undefined, true],
    ['Hatena::Blog', undefined, false],
    ['https://wordpress.organic.example/', undefined, false],
    ['made without wordpress.org', undefined, false],
    [undefined, API, true],
    [undefined, undefined, false],
  ]
  for (const [generator, apiLink, is] of cases)
    it(`${is ? 'knows' : 'passes over'} ${generator?.trim()} with the API at ${apiLink}`, () =>
      expect(isWordpressFeed(aFeed(generator), apiLink)).toBe(is))

  it('knows the Atom feed of WordPress, which names it in words', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><title type="text">対訳帖</title><id>https://blog.example.jp/feed/atom/</id><generator uri="https://wordpress.org/" version="6.8.3">WordPress</generator></feed>`
    const parsed = await parseFeed(new TextEncoder().encode(text), { url: 'https://blog.example.jp/feed/atom/' })
    expect(parsed.kind === 'feed' && isWordpressFeed(parsed.feed, undefined)).toBe(true)
  })
})

describe('wordpressApi', () => {
  const cases: readonly [name: string, link: string, api: string | undefined][] = [
    ['gives the address that the blog names', API, API],
    ['gives that of a blog with plain permalinks', PLAIN, PLAIN],
    ['resolves a relative one', '/blog/wp-json/', 'https://www.blog.example.jp/blog/wp-json/'],
    ['does not follow it to another host', 'https://elsewhere.example/wp-json/', undefined],
    ['does not follow it out of the web', 'file:///etc/', undefined],
    ['gives nothing for what is no address', 'http://[', undefined],
  ]
  for (const [name, link, api] of cases) it(name, () => expect(wordpressApi(link, 'https://www.blog.example.jp/feed/')).toBe(api))
})

describe('WORDPRESS_PAGING', () => {
  const { pageUrl, next, endsAt, describe: words } = WORDPRESS_PAGING

  it('asks for a page by its number and keeps the rest of the address', () => {
    expect(pageUrl('https://blog.example.jp/category/%E5%A4%96%E4%BA%A4/feed/', 2, 10)).toBe(
      'https://blog.example.jp/category/%E5%A4%96%E4%BA%A4/feed/?paged=2',
    )
    expect(pageUrl('https://blog.example.jp/?feed=rss2&paged=1', 3, 10)).toBe('https://blog.example.jp/?feed=rss2&paged=3')
  })

  it('goes on page by page until one is empty, and not for ever', () => {
    expect([next(aFeed('', 10), 2), next(aFeed('', 1), 3), next(aFeed('', 0), 4), next(aFeed('', 10), 2_000)]).toEqual([
      ...[3, 4, undefined, undefined],
    ])
  })

  it('takes for the end what will be no different next time', () => {
    const reasons: readonly FailureReason[] = [
      'not-found',
      'gone',
      'blocked',
      'not-a-feed',
      'timeout',
      'server-error',
      'rate-limited',
      'dns',
    ]
    expect(reasons.filter(endsAt)).toEqual(['not-found', 'gone', 'blocked', 'not-a-feed'])
  })

  it('puts a place into words', () => expect(words(3)).toBe('page 3'))
})

describe('pagedWordpressBlog', () => {
  it('begins behind the feed, which is the first page', () => {
    expect(pagedWordpressBlog(aFeed('', 1))).toMatchObject({ whole: { start: 2 }, newsFrom: 2, shown: ['https://blog.example.jp/?p=0'] })
  })
  it('gives nothing for an empty feed', () => expect(pagedWordpressBlog(aFeed('', 0))).toBeUndefined())
})
