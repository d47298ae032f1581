import { describe, expect, it } from 'vitest'
import type { Entry, Feed, FeedMetadata, Paging } from '../../src/domain/feed.ts'
import { bloggerPageUrl, isBloggerFeed, nextStartIndex } from '../../src/posts/blogger.ts'

const EMPTY = { authors: [], contributors: [], categories: [], links: [] }

function aFeed(metadata: Partial<FeedMetadata>, received = 0, paging?: Paging): Feed {
  const entries: Entry[] = Array.from({ length: received }, (_, index) => ({ ...EMPTY, id: String(index) }))
  return { format: 'atom', metadata: { ...EMPTY, ...metadata }, entries, skipped: [], ...(paging === undefined ? {} : { paging }) }
}

describe('isBloggerFeed', () => {
  it('knows Blogger by its ids and by its generator', () => {
    expect(isBloggerFeed(aFeed({ id: 'tag:blogger.com,1999:blog-1' }))).toBe(true)
    expect(isBloggerFeed(aFeed({ id: 'https://blog.example/feed', generator: 'Blogger 7.00' }))).toBe(true)
  })
  it('takes nothing else for Blogger', () => {
    expect(isBloggerFeed(aFeed({ id: 'tag:example.org,2020:blog', generator: 'WordPress 6.4' }))).toBe(false)
    expect(isBloggerFeed(aFeed({}))).toBe(false)
  })
})

describe('bloggerPageUrl', () => {
  it('keeps host, label path and other parameters', () => {
    expect(bloggerPageUrl('https://blog.example/feeds/posts/default/-/%E7%B1%B3?alt=atom&start-index=9', 26, 150)).toBe(
      'https://blog.example/feeds/posts/default/-/%E7%B1%B3?alt=atom&start-index=26&max-results=150&orderby=published&redirect=false',
    )
  })
})

describe('nextStartIndex', () => {
  const cases: readonly [claim: string, feed: Feed, startIndex: number, next: number | undefined][] = [
    ['advances by what was received, not by what was asked for', aFeed({}, 100, { totalResults: 250, itemsPerPage: 150 }), 1, 101],
    ['stops at the total', aFeed({}, 50, { totalResults: 150 }), 101, undefined],
    ['stops at an empty page, whatever the total says', aFeed({}, 0, { totalResults: 150 }), 101, undefined],
    ['goes on without a total', aFeed({}, 25), 1, 26],
    ['counts entries that were left out', { ...aFeed({}, 24, { totalResults: 60 }), skipped: ['one'] }, 1, 26],
    ['stops where the server starts over', aFeed({}, 25, { startIndex: 1, totalResults: 90 }), 26, undefined],
    [
      'does not follow rel=next',
      aFeed({ links: [{ rel: 'next', href: 'https://x.example/?start-index=999' }] }, 25, { totalResults: 25 }),
      1,
      undefined,
    ],
  ]
  for (const [claim, feed, startIndex, next] of cases) it(claim, () => expect(nextStartIndex(feed, startIndex)).toBe(next))
})
