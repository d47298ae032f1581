import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateAtom } from './atom-schema.ts'

// The smallest feed, after the first example of RFC 4287 §1.1.
const BRIEF = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>架け橋</title>
  <link href="https://kakehashi.example/"/>
  <updated>2026-11-13T18:30:02Z</updated>
  <author>
    <name>山田花子</name>
  </author>
  <id>urn:uuid:5b0b3f0e-6f0f-4a52-9f3b-0e3c4d5a6b7c</id>
  <entry>
    <title>空母は時代遅れか</title>
    <link href="https://kakehashi.example/2026/11/carrier"/>
    <id>urn:uuid:8c1d2e3f-7a6b-4c5d-8e9f-a0b1c2d3e4f5</id>
    <updated>2026-11-13T18:30:02Z</updated>
    <summary>三行の要約。</summary>
  </entry>
</feed>
`

// One with everything, after the second example.
const EXTENSIVE = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="ja" xml:base="https://kakehashi.example/">
  <title type="text">米外交政策</title>
  <subtitle type="html">訳者の&lt;em&gt;ひとこと&lt;/em&gt;付き</subtitle>
  <updated>2026-11-14T12:29:29+09:00</updated>
  <id>tag:kakehashi.example,2026:feeds/us-foreign-policy</id>
  <link rel="alternate" type="text/html" hreflang="ja" href="/labels/米外交政策"/>
  <link rel="alternate" type="text/html" hreflang="en" href="/en/labels/%E7%B1%B3"/>
  <link rel="self" type="application/atom+xml" href="/feeds/us-foreign-policy.atom"/>
  <link rel="http://schemas.example/g#feed" href="?page=2#top"/>
  <category term="米外交政策" scheme="https://kakehashi.example/labels#" label="米外交政策"/>
  <rights>© 2026 訳者</rights>
  <icon>/icon.png</icon>
  <logo>/logo.png</logo>
  <generator uri="https://kakehashi.example/about" version="1.0">Kakehashi</generator>
  <x:stats xmlns:x="urn:x-stats" total="3">three <b/><id xmlns="http://www.w3.org/2005/Atom">not an id of ours</id></x:stats>
  <entry xml:lang="ja">
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">中国の<b>空母</b></div></title>
    <link rel="alternate" type="text/html" href="/2026/11/carrier"/>
    <link rel="related" type="text/html" hreflang="en" href="https://outlet.example/carrier" title="The Carrier"/>
    <link rel="enclosure" type="audio/mpeg" length="1337" href="https://outlet.example/carrier.mp3"/>
    <id>tag:blogger.com,1999:blog-1.post-2</id>
    <updated>2026-11-14T12:29:29.250+09:00</updated>
    <published>2026-11-13T08:29:29-04:00</published>
    <author thr:ref="a"><name>山田花子</name><uri>https://hanako.example/</uri><email>hanako@kakehashi.example</email></author>
    <contributor><name>Sam Ruby</name></contributor>
    <thr:total>0</thr:total>
    <source>
      <id>tag:blogger.com,1999:blog-1</id>
      <title>訳者のブログ</title>
      <updated>2026-11-14T03:29:29Z</updated>
    </source>
    <content type="xhtml" xml:base="https://blog.example/">
      <div xmlns="http://www.w3.org/1999/xhtml"><p><i>本文</i></p></div>
    </content>
  </entry>
  <entry>
    <title>図版</title>
    <id>tag:blogger.com,1999:blog-1.post-3</id>
    <updated>2026-11-12T00:00:00Z</updated>
    <author><name>山田花子</name></author>
    <content type="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"/></content>
  </entry>
  <entry>
    <title>地図</title>
    <id>tag:blogger.com,1999:blog-1.post-4</id>
    <updated>2026-11-11T00:00:00Z</updated>
    <author><name>山田花子</name></author>
    <summary>別ファイル</summary>
    <content type="image/png" src="https://blog.example/map.png"/>
  </entry>
</feed>
`

const ENTRY_DOCUMENT = `<entry xmlns="http://www.w3.org/2005/Atom"><title/><id>urn:x:1</id><updated>2026-11-11T00:00:00Z</updated>
<source><author><name>A</name></author></source><summary>s</summary><content type="application/zip">UEsFBg==</content></entry>`

describe('validateAtom', () => {
  const valid: readonly [name: string, xml: string | Uint8Array][] = [
    ['takes a brief feed', BRIEF],
    ['takes a feed with every construct', EXTENSIVE],
    ['takes bytes', Buffer.from(EXTENSIVE)],
    ['takes bytes in the encoding they declare', Buffer.from(BRIEF.replace('utf-8', 'utf-16'), 'utf16le')],
    ['takes an entry as the whole document', ENTRY_DOCUMENT],
    ['takes a feed without entries and without author', BRIEF.replace(/<author>[\s\S]*<\/author>|<entry>[\s\S]*<\/entry>/g, '')],
    ['takes an entry again once it was updated', edited(BRIEF, '</feed>', `${entryOf(BRIEF).replace('18:30:02Z', '19:30:02Z')}</feed>`)],
    ['takes alternates that differ in language', withLink('<link href="/b" hreflang="en"/>')],
    ['takes the leap day of a leap year', edited(BRIEF, '2026-11-13T18:30:02Z', '2028-02-29T18:30:02Z')],
    ['takes extension elements of any shape', edited(BRIEF, '<entry>', '<q xmlns="urn:q" a="1">t<r><link/></r></q><entry>')],
  ]
  for (const [name, xml] of valid) it(name, () => expect(validateAtom(xml)).toEqual([]))

  const invalid: readonly [name: string, xml: string, message: RegExp][] = [
    ['an empty document', '', /empty/],
    ['XML that is not well-formed', edited(BRIEF, '</author>', ''), /line 17: .*mismatch/i],
    ['an entity nobody declared', edited(BRIEF, '三行', '&nbsp;'), /Entity 'nbsp' not defined/],
    ['a control character', edited(BRIEF, '三行', '\u0008'), /line 15: /],
    ['another vocabulary', '<rss version="2.0"/>', /Did not expect element rss/],
    ['another namespace', edited(BRIEF, '2005/Atom', '2005/atom'), /Did not expect element feed/],
    ['a feed without title', edited(BRIEF, '<title>架け橋</title>', ''), /Element feed failed/],
    ['a feed without id', edited(BRIEF, /<id>.*<\/id>/, ''), /Element feed failed/],
    ['a feed without updated', edited(BRIEF, /<updated>.*<\/updated>/, ''), /Element feed failed/],
    ['a second title', edited(BRIEF, '<author>', '<title>x</title><author>'), /Extra element title/],
    ['a second subtitle', edited(BRIEF, '<author>', '<subtitle/><subtitle/><author>'), /Extra element subtitle/],
    ['an entry without title', edited(BRIEF, /<title>空.*<\/title>/, ''), /entry/],
    ['an entry without id', edited(BRIEF, /<id>urn:uuid:8.*<\/id>/, ''), /entry/],
    ['an entry without updated', edited(BRIEF, /<updated>[^\n]*\n\s*<summary>/, '<summary>'), /entry/],
    ['an entry with two ids', edited(BRIEF, '<summary>', '<id>urn:x:2</id><summary>'), /Extra element id/],
    ['an entry with two contents', edited(BRIEF, '<summary>', '<content/><content/><summary>'), /Extra element content/],
    ['text between elements', edited(BRIEF, '<entry>', 'text<entry>'), /extra content: text/],
    ['metadata after the entries', edited(BRIEF, '</entry>', '</entry><subtitle/>'), /got subtitle/],
    ['an element Atom does not have', edited(BRIEF, '<entry>', '<guid>1</guid><entry>'), /guid/],
    ['an attribute Atom does not have', withLink('<link href="/b" rel="related" target="_blank"/>'), /attribute target/],
    ['markup in a text title', edited(BRIEF, '空母は', '<b>空母</b>は'), /Element title has extra content: b/],
    ['a text construct of a media type', edited(BRIEF, '<summary>', '<summary type="text/html">'), /attribute type.*summary/],
    ['XHTML without its div', edited(BRIEF, '<summary>', '<summary type="xhtml">'), /summary/],
    ['XHTML in no namespace', edited(EXTENSIVE, '<div xmlns="http://www.w3.org/1999/xhtml">中', '<div>中'), /title/],
    ['an Atom element inside XHTML', edited(EXTENSIVE, '<i>本文</i>', '<id xmlns="http://www.w3.org/2005/Atom"/>'), /content/],
    ['a person without a name', edited(BRIEF, '<name>山田花子</name>', '<uri>https://a.example/</uri>'), /author/],
    ['an author that is bare text', edited(BRIEF, '<name>山田花子</name>', '山田花子'), /author/],
    ['an e-mail address without @', edited(BRIEF, '</author>', '<email>hanako</email></author>'), /Extra element email/],
    ['an e-mail address with a space', edited(BRIEF, '</author>', '<email>a b@c.example</email></author>'), /email expected an e-mail/],
    ['a person with a broken IRI', edited(BRIEF, '</author>', '<uri>https://a b/</uri></author>'), /uri expected an IRI/],
    ['an Atom element inside a link', withLink('<link rel="related" href="/b"><id>x</id></link>'), /Element link has extra content/],
    ['a link without href', withLink('<link rel="related"/>'), /link/],
    ['a link with a space in its href', withLink('<link rel="related" href="/a b"/>'), /^line 3: link\/@href expected an IRI/],
    ['a link with a broken percent-encoding', withLink('<link rel="related" href="/100%"/>'), /href expected/],
    ['a link to http without a host', withLink('<link rel="related" href="https:///b"/>'), /href expected/],
    ['a link with a port that is no number', withLink('<link rel="related" href="http://a.example:b/"/>'), /href expected/],
    ['an empty rel', withLink('<link rel="" href="/b"/>'), /rel expected/],
    ['two rels in one', withLink('<link rel="self related" href="/b"/>'), /rel expected/],
    ['a link type without a slash', withLink('<link rel="related" type="html" href="/b"/>'), /attribute type.*link/],
    ['a link type with a space', withLink('<link rel="related" type="text/ht ml" href="/b"/>'), /type expected a media type/],
    ['an hreflang with an underscore', withLink('<link rel="related" hreflang="ja_JP" href="/b"/>'), /attribute hreflang/],
    ['a length with a unit', withLink('<link rel="enclosure" length="12 KB" href="/b"/>'), /length expected/],
    ['a second alternate of the feed', withLink('<link rel="alternate" href="/b"/>'), /second alternate/],
    [
      'a second alternate of an entry, whatever the case',
      edited(EXTENSIVE, '<link rel="related"', '<link type="TEXT/HTML" href="/b"/><link rel="related"'),
      /^line 20: link is a second alternate/,
    ],
    ['a category without a term', edited(BRIEF, '<entry>', '<category label="x"/><entry>'), /category failed to validate attributes/],
    ['a category with a relative scheme', edited(BRIEF, '<entry>', '<category term="x" scheme="labels"/><entry>'), /scheme expected/],
    ['an xml:lang with an underscore', edited(BRIEF, '<entry>', '<entry xml:lang="ja_JP">'), /attribute lang/],
    ['an xml:base with a space', edited(BRIEF, '<entry>', '<entry xml:base="/a b">'), /entry\/@base expected/],
    ['an id that is relative', edited(BRIEF, /<id>.*<\/id>/, '<id>/feed</id>'), /^line 9: id expected an absolute IRI/],
    ['an id with white space around it', edited(BRIEF, /<id>(.*)<\/id>/, '<id> $1 </id>'), /id expected an absolute IRI/],
    ['an empty id', edited(BRIEF, /<id>.*<\/id>/, '<id/>'), /id expected/],
    ['a date without a time', edited(BRIEF, '2026-11-13T18:30:02Z', '2026-11-13'), /line 5: Type dateTime/],
    ['a date without a zone', edited(BRIEF, '2026-11-13T18:30:02Z', '2026-11-13T18:30:02'), /^line 5: updated expected an RFC 3339/],
    ['a date in lower case', edited(BRIEF, '2026-11-13T18:30:02Z', '2026-11-13t18:30:02z'), /updated expected/],
    ['a date with white space', edited(BRIEF, '2026-11-13T18:30:02Z', ' 2026-11-13T18:30:02Z '), /updated expected/],
    ['a day that does not exist', edited(BRIEF, '2026-11-13T', '2026-02-29T'), /updated expected/],
    ['the hour 24', edited(BRIEF, '2026-11-13T18:30:02Z', '2026-11-13T24:00:00Z'), /updated expected/],
    ['a date as RSS writes it', edited(EXTENSIVE, '2026-11-13T08:29:29-04:00', 'Fri, 13 Nov 2026 08:29:29 GMT'), /line 24: Type dateTime/],
    ['an entry without any author', edited(BRIEF, /<author>[\s\S]*<\/author>/, ''), /entry needs an author.*4\.1\.2/],
    [
      'a feed without author where only a source has one',
      edited(EXTENSIVE, /<author thr[\s\S]*?<\/author>([\s\S]*?)<source>/, '$1<source><author><name>A</name></author>'),
      /^line 2: feed needs an author/,
    ],
    [
      'an entry with neither content nor alternate',
      edited(BRIEF, '<link href="https://kakehashi.example/2', '<link rel="via" href="/2'),
      /alternate/,
    ],
    ['out-of-line content without a summary', edited(EXTENSIVE, '<summary>別ファイル</summary>', ''), /content needs a summary/],
    ['out-of-line content that is not empty', edited(EXTENSIVE, 'map.png"/>', 'map.png"> </content>'), /content must be empty/],
    ['out-of-line content of type html', edited(EXTENSIVE, 'type="image/png"', 'type="html"'), /content/],
    ['content of a composite type', edited(EXTENSIVE, 'image/svg+xml', 'multipart/mixed'), /composite/],
    ['elements in content of a text type', edited(EXTENSIVE, 'image/svg+xml', 'text/plain'), /must not have child elements/],
    ['elements in content without a type', edited(EXTENSIVE, ' type="image/svg+xml"', ''), /content/],
    ['binary content that is not Base64', edited(ENTRY_DOCUMENT, 'UEsFBg==', 'zip!'), /Base64/],
    ['binary content without a summary', edited(ENTRY_DOCUMENT, '<summary>s</summary>', ''), /needs a summary/],
    ['an entry twice', edited(BRIEF, '</feed>', `${entryOf(BRIEF)}</feed>`), /^line 17: entry has the id and the updated/],
    [
      'an entry twice, the time written otherwise',
      edited(BRIEF, '</feed>', `${entryOf(BRIEF).replace('T18:30:02Z', 'T19:30:02+01:00')}</feed>`),
      /the id/,
    ],
    ['a source with two ids', edited(EXTENSIVE, '<source>', '<source><id>urn:x:9</id>'), /Extra element id/],
    ['a source inside a source', edited(EXTENSIVE, '<source>', '<source><source/>'), /source/],
    ['an icon with a space', edited(EXTENSIVE, '/icon.png', '/ic on.png'), /icon expected an IRI/],
    ['a generator with a broken IRI', edited(EXTENSIVE, 'kakehashi.example/about', '[about'), /generator\/@uri expected/],
  ]
  for (const [name, xml, message] of invalid)
    it(`refuses ${name}`, () => expect(validateAtom(xml)).toContainEqual(expect.stringMatching(message)))

  it('gives every message a line', () => {
    for (const [, xml] of invalid) for (const message of validateAtom(xml)) expect(message).toMatch(/^line [1-9]\d*: \S/)
  })

  it('answers for any damage to a document, without throwing', () => {
    const place = fc.nat(EXTENSIVE.length)
    fc.assert(
      fc.property(place, place, fc.string({ unit: 'grapheme' }), (from, to, insertion) => {
        const [start, end] = [Math.min(from, to), Math.max(from, to)]
        expect(Array.isArray(validateAtom(EXTENSIVE.slice(0, start) + insertion + EXTENSIVE.slice(end)))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('judges a feed of five hundred entries in a moment', () => {
    const entries = Array.from({ length: 500 }, (_, index) => entryOf(BRIEF).replace('e4f5</id>', `${index}</id>`))
    expect(validateAtom(edited(BRIEF, '</feed>', `${entries.join('')}</feed>`))).toEqual([])
  }, 5000)
})

/** A sample with one thing changed; a sample that stays the same would test nothing. */
function edited(xml: string, what: string | RegExp, by: string): string {
  const changed = xml.replace(what, by)
  if (changed === xml) throw new Error(`nothing to replace: ${what}`)
  return changed
}

function withLink(link: string): string {
  return edited(BRIEF, '</title>', `</title>${link}`)
}

function entryOf(xml: string): string {
  return /<entry>[\s\S]*<\/entry>/.exec(xml)?.[0] ?? ''
}
