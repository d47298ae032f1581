import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFeedParser } from '../../src/parse/feed-parser.ts'
import { atEnd } from '../support/at-end.ts'
import { type BlogPost, bloggerPage } from '../support/feed-documents.ts'
import { atom, jsonFeed, rss } from '../support/hostile-documents.ts'

const POST: BlogPost = { id: '1', title: '題', html: '<p>本文<br>です。</p>', labels: ['外交'], published: '2026-03-01T09:00:00+09:00' }
const XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>An <em>x</em> &amp; a <br/></p></div></content>'
const ITEM =
  '<item><title><![CDATA[A <b>title</b>]]></title><guid isPermaLink="false">g</guid><link>/a</link><pubDate>Sun, 01 Mar 2026 09:00:00 +0900</pubDate>' +
  '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A &#x26; B</dc:creator><description>&lt;p&gt;text&lt;/p&gt;</description></item>'
const WELL_FORMED = [
  rss(ITEM, '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>'),
  atom(
    `<entry xml:base="/b/"><id>urn:x</id><title type="html">&lt;b&gt;</title>${XHTML}<link rel="enclosure" href="e" length="9"/></entry>`,
  ),
  jsonFeed(',{"id":1,"url":"/a","content_html":"<p>\\u3042</p>","tags":["a"],"attachments":[{"url":"/m","size_in_bytes":9}]}'),
  bloggerPage([POST, { ...POST, id: '2' }]),
]
const MARKS = [
  '<',
  '>',
  '&',
  '"',
  "'",
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '</',
  '/>',
  '&#',
  ';',
  ':',
  '=',
  '\0',
  '\ufeff',
  '{',
  '[',
  '\\u',
  '\ud800',
]
const LONGEST_MS = 2_000
const ALL_MS = 4_000

const place = fc.double({ min: 0, max: 1, noNaN: true })
const piece = fc.oneof(fc.constantFrom(...MARKS), fc.string({ maxLength: 5 }))
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), from: place, piece, times: fc.constantFrom(1, 1, 2, 500) }),
  fc.record({ kind: fc.constant('remove' as const), from: place, to: place }),
  fc.record({ kind: fc.constant('repeat' as const), from: place, to: place, times: fc.constantFrom(2, 50) }),
  fc.record({ kind: fc.constant('cut' as const), from: place }),
)
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never

const document = fc.record({
  text: fc.constantFrom(...WELL_FORMED),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  noise: fc.array(fc.record({ at: place, byte: fc.nat(255) }), { maxLength: 4 }),
  encoding: fc.constantFrom('utf8' as const, 'utf8' as const, 'utf16le' as const, 'latin1' as const),
})

describe('a document that was good and is no more', () => {
  const parser = openFeedParser({ deadlineMs: LONGEST_MS })
  atEnd(() => parser.close())

  it('is a feed, no feed or unreadable, soon, whatever happened to it', async () => {
    await fc.assert(
      fc.asyncProperty(document, async ({ text, mutations, noise, encoding }) => {
        const bytes = Buffer.from(mutations.reduce(mutated, text), encoding)
        for (const { at, byte } of noise) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte
        const parsed = await parser.parse(bytes, { url: 'https://outlet.example/feed' })
        // What the parser says where its thread threw, hung or ran out of memory.
        const failure = parsed.kind === 'feed' ? '' : parsed.detail
        expect(failure).not.toMatch(/could not be read|takes more than|too much memory|was interrupted/)
        if (parsed.kind === 'feed') expect(new Set(parsed.feed.entries.map(({ id }) => id)).size).toBe(parsed.feed.entries.length)
      }),
      { numRuns: 3_000, interruptAfterTimeLimit: ALL_MS },
    )
  })
})

function mutated(text: string, change: Mutation): string {
  const from = Math.floor(change.from * text.length)
  if (change.kind === 'insert') return text.slice(0, from) + change.piece.repeat(change.times) + text.slice(from)
  if (change.kind === 'cut') return text.slice(0, from)
  // Short ones, or little would be left of most documents.
  const to = from + Math.floor((change.to * text.length) / 8)
  const times = change.kind === 'remove' ? 0 : change.times
  return text.slice(0, from) + text.slice(from, to).repeat(times) + text.slice(to)
}
