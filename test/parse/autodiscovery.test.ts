import { describe, expect, it } from 'vitest'
import { announcedFeeds } from '../../src/parse/autodiscovery.ts'

describe('announcedFeeds', () => {
  it('reads a page in the encoding its server names', () => {
    // 日本 in Shift_JIS.
    const title = Buffer.from([0x93, 0xfa, 0x96, 0x7b])
    const page = Buffer.concat([
      Buffer.from('<link rel="alternate" type="application/rss+xml" href="/rss" title="'),
      title,
      Buffer.from('">'),
    ])
    const context = { url: 'https://blog.example.jp/', contentType: 'text/html; charset=Shift_JIS' }
    expect(announcedFeeds(page, context)).toEqual([{ href: 'https://blog.example.jp/rss', type: 'application/rss+xml', title: '日本' }])
  })

  it('finds nothing where there is nothing', () => {
    expect(announcedFeeds(Buffer.from('{"a":1}'), { url: 'https://blog.example.jp/' })).toEqual([])
  })
})
