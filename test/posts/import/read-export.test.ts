import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/domain/app-error.ts'
import { hatenaEntry, readWhole, takeout, takeoutEntry, takeoutZip, wordpress, wordpressItem } from './sample-exports.ts'

const ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>t</title><entry><id>urn:1</id><title>一</title></entry></feed>'
const RSS = '<rss version="2.0"><channel><title>t</title><item><guid>urn:1</guid><title>一</title></item></channel></rss>'
const JSON_FEED = '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"urn:1","title":"一"}]}'

describe('readExport', () => {
  const kinds: readonly [name: string, file: string | Uint8Array, kind: string][] = [
    ['a Takeout feed', takeout([takeoutEntry(1)]), 'blogger-takeout'],
    ['a WordPress export', wordpress([wordpressItem(1)]), 'wordpress'],
    ['a Movable Type text', hatenaEntry(1), 'movable-type'],
    ['a Movable Type text behind a byte order mark and blank lines', `\ufeff\n\n${hatenaEntry(1)}`, 'movable-type'],
    ['an Atom feed', ATOM, 'feed'],
    ['an RSS feed', RSS, 'feed'],
    ['a JSON Feed', JSON_FEED, 'feed'],
    ['an Atom feed in UTF-16', new Uint8Array(Buffer.from(`\ufeff${ATOM}`, 'utf16le')), 'feed'],
    ['a Takeout feed in UTF-16', new Uint8Array(Buffer.from(`\ufeff${takeout([takeoutEntry(1)])}`, 'utf16le')), 'blogger-takeout'],
    [
      'a zip with a backup beside other files',
      zipSync({ 'notes.txt': strToU8('メモ'), 'blog.xml': strToU8(takeout([takeoutEntry(1)])) }),
      'blogger-takeout',
    ],
  ]
  for (const [name, file, kind] of kinds) {
    it(`recognises ${name} by what it holds`, async () => {
      const { reading, entries } = await readWhole(file)
      expect([reading.kind, entries.length]).toEqual([kind, 1])
    })
  }

  it('reads the parts of a WordPress export in a zip as one', async () => {
    const parts = [0, 1].map(part => [`site.wordpress.2026-06-01.00${part}.xml`, strToU8(wordpress([wordpressItem(part)]))] as const)
    const { entries } = await readWhole(zipSync(Object.fromEntries(parts)))
    expect(entries.map(({ id }) => id)).toEqual(['https://wp.example.jp/?p=0', 'https://wp.example.jp/?p=1'])
  })

  it('reads feeds that are longer than one document may be', async () => {
    const items = Array.from({ length: 10_500 }, (_, index) => ({ id: `urn:${index}`, title: `記事${index}` }))
    const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 't', items })
    const rss = RSS.replace(
      /<item>.*<\/item>/,
      items.map(({ id, title }) => `<item><guid>${id}</guid><title>${title}</title></item>`).join(''),
    )
    expect((await readWhole(json)).entries).toHaveLength(10_500)
    expect((await readWhole(rss)).entries).toHaveLength(10_500)
  })

  const refused: readonly [name: string, file: string | Uint8Array, says: string][] = [
    ['an empty file', '', 'got'],
    ['a page', '<!doctype html><title>ログイン</title>', 'got'],
    ['prose', '今日は晴れ。\n-----\n', 'got'],
    ['other JSON', '{"a":1}', 'no JSON Feed'],
    ['a gzip archive', Uint8Array.from([0x1f, 0x8b, 8, 0]), 'unpack it first'],
    ['a zip without an export', zipSync({ 'a.jpg': strToU8('x') }), 'got none'],
    ['an empty zip', zipSync({}), 'got none'],
    ['a broken zip', takeoutZip({ a: takeout([takeoutEntry(1)]) }).subarray(0, 400), 'broken or encrypted'],
    ['the beginning of a zip', strToU8('PK\u0003\u0004'), 'broken or encrypted'],
  ]
  for (const [name, file, says] of refused) {
    it(`refuses ${name}`, async () => {
      await expect(readWhole(file)).rejects.toMatchObject({ code: 'feed-unreadable', message: expect.stringContaining(says) })
    })
  }

  const hostile: readonly [name: string, file: string, posts: number][] = [
    ['a line of a megabyte', takeout([takeoutEntry(1, { text: 'あ'.repeat(1_000_000) }), takeoutEntry(2)]), 2],
    ['a megabyte of open tags', takeout([takeoutEntry(1), '<'.repeat(1_000_000)]), 1],
    ['two hundred thousand entries without an end', takeout([takeoutEntry(1), '<entry>'.repeat(200_000)]), 1],
    ['an entry nested two hundred thousand deep', takeout([takeoutEntry(1, { more: '<a>'.repeat(200_000) }), takeoutEntry(2)]), 2],
    ['a hundred thousand attributes', takeout([takeoutEntry(1, { more: `<a ${'b="c" '.repeat(100_000)}/>` })]), 1],
    ['a comment without an end', takeout([takeoutEntry(1), `<!-- ${'<!--'.repeat(200_000)}`]), 1],
    ['a CDATA section without an end', wordpress([wordpressItem(1), `<item><title><![CDATA[${'<![CDATA['.repeat(100_000)}`]), 1],
    ['entities that grow', takeout([takeoutEntry(1)]).replace('<feed', '<!DOCTYPE f [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><feed'), 1],
    [
      'an entity that names a file',
      wordpress([wordpressItem(1)]).replace('<rss', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss'),
      1,
    ],
  ]
  for (const [name, file, posts] of hostile) {
    it(`reads what there is beside ${name}, in good time`, async () => {
      const startedAt = performance.now()
      expect((await readWhole(file)).entries).toHaveLength(posts)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    })
  }

  it('says that --blog selects nothing where there is no zip', async () => {
    await expect(readWhole(ATOM, {}, '翻訳帖')).rejects.toMatchObject({ code: 'usage' })
  })

  it('ends with a reading or a foreseen error, whatever is in the file', async () => {
    const samples = [takeout([takeoutEntry(1)]), wordpress([wordpressItem(1)]), hatenaEntry(1), JSON_FEED].map(text => Buffer.from(text))
    const files = [...samples, Buffer.from(takeoutZip({ a: takeout([takeoutEntry(1)]) }))]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 8 }), async (file, at, length, junk) => {
        const start = at % file.length
        const bytes = Buffer.concat([file.subarray(0, start), junk, file.subarray(start + (length % 40))])
        const outcome = await readWhole(bytes).catch((error: unknown) => error)
        expect(outcome instanceof Error && !(outcome instanceof AppError)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })
})
