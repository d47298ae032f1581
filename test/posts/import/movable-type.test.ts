import { describe, expect, it } from 'vitest'
import { countsOf, encoded, HOME, hatenaEntry, readWhole } from './sample-exports.ts'

describe('a Movable Type text', () => {
  it('gives the posts of a Hatena blog at their addresses', async () => {
    const { reading, entries } = await readWhole(hatenaEntry(180_000) + hatenaEntry(190_000))
    expect(reading).toMatchObject({ kind: 'movable-type', encoding: 'utf-8' })
    expect(entries).toHaveLength(2)
    expect(entries[0]).toEqual({
      id: `${HOME}entry/2026/06/01/180000`,
      url: `${HOME}entry/2026/06/01/180000`,
      title: { type: 'text', value: '記事180000の訳' },
      content: { type: 'html', value: '<p>本文180000</p>' },
      published: Date.UTC(2026, 5, 1, 9),
      authors: [{ name: 'yakusha' }],
      contributors: [],
      categories: [{ term: '米外交政策' }, { term: 'NATO' }],
      links: [{ rel: 'alternate', href: `${HOME}entry/2026/06/01/180000`, type: 'text/html' }],
    })
  })

  const SEPARATE = `AUTHOR: 訳者
TITLE: 題 &amp; 名
STATUS: Publish
CONVERT BREAKS: __default__
DATE: 01/31/2012 12:22:01 AM
PRIMARY CATEGORY: 安全保障
CATEGORY: 安全保障
TAGS: "東アジア 情勢",NATO, 海軍
-----
BODY:
一段落目
続き

二段落目
-----
EXTENDED BODY:
追記
-----
EXCERPT:
要旨
-----
KEYWORDS:
鍵
-----
COMMENT:
AUTHOR: 読者
DATE: 02/01/2012 01:00:00 AM
良い記事です。
-----
PING:
TITLE: 言及
-----
--------
`

  it('reads all of its sections, and counts comments and trackbacks', async () => {
    const { entries, skipped } = await readWhole(SEPARATE)
    expect(entries).toMatchObject([
      {
        title: { type: 'html', value: '題 &amp; 名' },
        content: { value: '<p>一段落目<br>\n続き</p>\n<p>二段落目</p>\n追記' },
        summary: { value: '要旨' },
        published: Date.UTC(2012, 0, 30, 15, 22, 1),
        authors: [{ name: '訳者' }],
      },
    ])
    expect(entries[0]?.categories.map(({ term }) => term)).toEqual(['安全保障', '東アジア 情勢', 'NATO', '海軍'])
    expect(countsOf(skipped)).toEqual({ comment: 1, trackback: 1 })
  })

  it('renders Markdown where the text is in it', async () => {
    const { entries } = await readWhole(SEPARATE.replace('__default__', 'markdown').replace('一段落目', '**「強調」**の'))
    expect(entries[0]?.content?.value).toContain('<strong>「強調」</strong>の')
  })

  it('leaves out drafts and posts to come', async () => {
    const { entries, skipped } = await readWhole(
      hatenaEntry(1, { status: 'Draft' }) + hatenaEntry(2, { status: 'Future' }) + hatenaEntry(3, { status: '非公開' }) + hatenaEntry(4),
    )
    expect(entries).toHaveLength(1)
    expect(countsOf(skipped)).toEqual({ draft: 1, 'scheduled post': 1, 'private post': 1 })
  })

  const identities: readonly [name: string, line: string, home: string | null, id: string | RegExp, hasUrl: boolean][] = [
    ['its permalink', 'PERMALINK: http://a.example/1.html', HOME, 'http://a.example/1.html', true],
    ['its unique URL, joined with the host', 'UNIQUE URL: /blog-entry-12.html', HOME, `${HOME}blog-entry-12.html`, true],
    ['blog and basename', 'BASENAME: post-1', HOME, `${HOME}#post-1`, false],
    ['source and basename, where the host is unknown', 'BASENAME: post-1', null, /^ni:\/\/\/sha-256;[\w-]{43}$/, false],
    ['source, date and title', 'ALLOW PINGS: 0', HOME, /^ni:\/\/\/sha-256;[\w-]{43}$/, false],
    ['source, date and title rather than a scripting address', 'PERMALINK: javascript:alert(1)', HOME, /^ni:/, false],
  ]
  for (const [name, line, home, id, hasUrl] of identities) {
    it(`knows a post by ${name}`, async () => {
      const { entries } = await readWhole(SEPARATE.replace('STATUS:', `${line}\nSTATUS:`), { home })
      expect(entries[0]?.id).toEqual(typeof id === 'string' ? id : expect.stringMatching(id))
      expect(entries[0]?.url !== undefined).toBe(hasUrl)
    })
  }

  it('counts the posts that no host would give an address', async () => {
    const namelessIn = async (text: string) => {
      let count = 0
      for await (const { nameless = 0 } of (await readWhole(text, { home: null })).reading.batches()) count += nameless
      return count
    }
    expect(await namelessIn(SEPARATE)).toBe(1)
    expect(await namelessIn(SEPARATE.replace('STATUS:', 'PATH: /1.html\nSTATUS:'))).toBe(0)
  })

  for (const encoding of ['shift_jis', 'euc-jp'] as const) {
    it(`reads ${encoding}`, async () => {
      const text = SEPARATE.replace('二段落目', '台湾海峡をめぐる情勢について、専門家は次のように述べている。ソ連・表示の「ー」も読める。')
      const { reading, entries } = await readWhole(encoded(text.replaceAll('\n', '\r\n'), encoding))
      expect(reading.encoding).toBe(encoding)
      expect(entries[0]?.content?.value).toContain('台湾海峡をめぐる情勢')
      expect(entries[0]?.categories[0]?.term).toBe('安全保障')
    })
  }

  it('imports bytes in no known encoding rather than losing the posts', async () => {
    const bytes = Buffer.concat([
      Buffer.from('TITLE: a\nSTATUS: Publish\n-----\nBODY:\n'),
      Buffer.from([0xff, 0xfe, 0x81, 0xff, 0x80, 0xa0]),
      Buffer.from('\n-----\n--------\n'),
    ])
    expect((await readWhole(bytes)).entries).toHaveLength(1)
  })

  it('keeps lines of dashes that the author drew', async () => {
    const body = '上\n-----\n下\n--------\n末'
    const { entries } = await readWhole(hatenaEntry(1, { body }) + hatenaEntry(2))
    expect(entries.map(({ content }) => content?.value)).toEqual([body, '<p>本文2</p>'])
  })

  it('finds the entries where the lines between them are missing', async () => {
    const { entries } = await readWhole((hatenaEntry(1) + hatenaEntry(2)).replaceAll('--------\n', ''))
    expect(entries.map(({ title }) => title?.value)).toEqual(['記事1の訳', '記事2の訳'])
  })

  it('finds the body where the line before it is missing, and the post without the last line', async () => {
    const { entries } = await readWhole(hatenaEntry(1).replace('-----\nBODY', 'BODY').replace('-----\n--------\n', ''))
    expect(entries[0]?.content?.value).toBe('<p>本文1</p>')
  })

  it('takes entries that say nothing for unreadable', async () => {
    const { skipped } = await readWhole(`AUTHOR: a\nSTATUS: Publish\n-----\n--------\n${hatenaEntry(1)}`)
    expect(countsOf(skipped)).toEqual({ 'unreadable post': 1 })
  })

  const hostile: readonly [name: string, text: string][] = [
    ['a line of a megabyte', hatenaEntry(1, { body: 'あ'.repeat(1_000_000) })],
    ['a hundred thousand lines of dashes', hatenaEntry(1, { body: '--------\n'.repeat(100_000) })],
    ['a hundred thousand short lines of dashes', hatenaEntry(1, { body: '-----\n'.repeat(100_000) })],
    ['a hundred thousand categories', hatenaEntry(1).replace('CATEGORY: NATO\n', 'CATEGORY: NATO\n'.repeat(100_000))],
    ['a hundred thousand bodies', hatenaEntry(1, { more: 'BODY:\nx\n-----\n'.repeat(100_000) })],
    ['names of object members', hatenaEntry(1, { title: '__proto__', basename: '__proto__' })],
  ]
  for (const [name, text] of hostile) {
    it(`reads ${name} in good time`, async () => {
      const startedAt = performance.now()
      expect((await readWhole(text)).entries).toHaveLength(1)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    })
  }
})
