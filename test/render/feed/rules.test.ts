import { describe, expect, it } from 'vitest'
import { ATOM_RULES } from '../../../src/publish/atom-rules.ts'
import { inspectAtom, inspectJsonFeed, inspectRss } from '../../../src/publish/check-document.ts'
import { JSON_FEED_RULES } from '../../../src/publish/json-feed-rules.ts'
import { RSS_RULES } from '../../../src/publish/rss-rules.ts'
import { atomDocument } from '../../../src/render/feed/atom.ts'
import type { FeedHeader } from '../../../src/render/feed/feed-header.ts'
import { jsonDocument } from '../../../src/render/feed/json-feed.ts'
import { rssDocument } from '../../../src/render/feed/rss.ts'
import { aContext, aHeader, atomOf, fiveEntries, jsonOf, rssOf } from './sample.ts'

// The rules that every document is held to before it is published, each beside a document that breaks it.

const entries = fiveEntries()
const atom = (changes: Partial<FeedHeader> = {}) =>
  atomDocument(
    aHeader({ updated: Math.max(...entries.map(({ updated }) => updated)), ...changes }),
    entries.map(entry => atomOf(entry, aContext())),
  )
const rss = () =>
  rssDocument(
    aHeader({ hubs: ['https://hub.example/'] }),
    entries.map(entry => rssOf(entry, aContext())),
  )
const json = () =>
  jsonDocument(
    aHeader({ hubs: ['https://hub.example/'] }),
    entries.map(entry => jsonOf(entry, aContext())),
  )
const archive = () => atom({ place: { kind: 'archive', page: 2, older: 1, newer: null } })
const grave = (ref: string) => atom({ tombstones: [{ ref, when: 0 }] })

/** The document with the first place where `what` stands changed, which must be there. */
function changed(document: string, what: string | RegExp, instead: string): string {
  const result = document.replace(what, () => instead)
  if (result === document) throw new Error(`nothing to replace: ${what}`)
  return result
}

const brokenAtom: Readonly<Record<string, string>> = {
  'the root is an Atom feed': changed(atom(), 'http://www.w3.org/2005/Atom', 'http://purl.org/atom/ns#'),
  'a feed has one id, one title and one date': changed(atom(), /<title type="text">.*?<\/title>/, ''),
  'an entry has one id, one title and one date': changed(atom(), /(?<=<entry>.*?)<id>.*?<\/id>/s, ''),
  'a source has one id, one title and one date': changed(atom(), /(?<=<source>.*?)<updated>.*?<\/updated>/s, ''),
  'what may occur once occurs once': changed(atom(), '<summary type="text">', '<summary/><summary type="text">'),
  'every entry has an author': atom().replaceAll(/<author.*?<\/author>/gs, ''),
  'an entry has a content or a page': changed(
    atom().replaceAll(/<content.*?<\/content>/gs, ''),
    /(?<=<entry>.*?)<link rel="alternate".*?\/>/s,
    '',
  ),
  'ids are IRIs': changed(atom(), /(?<=<entry>.*?<id>).*?(?=<\/id>)/s, 'N/A'),
  'no id occurs twice': changed(atom(), 'post-41', 'post-42'),
  'dates are RFC 3339': changed(atom(), /(?<=<published>).*?(?=<\/published>)/, 'Wed, 12 Mar 2025 22:00:00 GMT'),
  'a feed is as new as its newest entry': atom({ updated: 0 }),
  'links lead to absolute addresses': changed(atom(), /href="https:\/\/honyaku.*?"/, 'href="/2025/03/taiwan.html"'),
  'links say well what they lead to': changed(atom(), 'hreflang="ja"', 'hreflang="日本語"'),
  'a document links to itself once': changed(atom(), 'rel="self"', 'rel="related"'),
  'no two pages are of one type and language': changed(
    atom(),
    'rel="via" type="text/html" hreflang="en"',
    'rel="alternate" type="text/html" hreflang="ja"',
  ),
  'texts are text or HTML, and say which': changed(atom(), 'type="html"', 'type="text/html"'),
  'languages are BCP 47 tags': changed(atom(), 'xml:lang="ja"', 'xml:lang="ja_JP"'),
  'categories have a term, and their scheme is an IRI': changed(atom(), 'term="taiwan"', 'term=" "'),
  'persons have one name': changed(atom(), /<name>.*?<\/name>/, '<name/>'),
  'HTML holds nothing active': changed(atom(), '&lt;p&gt;', '&lt;script src=x&gt;&lt;/script&gt;'),
  'a complete feed has no other documents (RFC 5005 §2)': changed(
    atom(),
    'rel="self"',
    'rel="self" href="https://a.example/"/><link rel="prev-archive"',
  ),
  'an archive leads to the document that is subscribed to (RFC 5005 §4)': changed(archive(), 'rel="current"', 'rel="related"'),
  'what is deleted is not there (RFC 6721)': grave(entries[0]?.id ?? ''),
}

const brokenRss: Readonly<Record<string, string>> = {
  'the root is RSS 2.0': changed(rss(), 'version="2.0"', 'version="0.92"'),
  'a document has one channel': changed(rss(), '</channel>', '</channel><channel/>'),
  'a channel has one title, one link and one description': changed(rss(), /<description>.*?<\/description>/, ''),
  'an item has one title and one guid': changed(rss(), /<guid.*?<\/guid>/, ''),
  'what may occur once occurs once': changed(rss(), '<pubDate>', '<pubDate>Wed, 12 Mar 2025 22:00:00 GMT</pubDate><pubDate>'),
  'no guid occurs twice': changed(rss(), 'post-41', 'post-42'),
  'guids are not taken for addresses': changed(rss(), 'isPermaLink="false"', 'isPermaLink="true"'),
  'dates are RFC 822': changed(rss(), 'Wed, 12 Mar 2025 22:00:00 GMT', '2025-03-12T22:00:00Z'),
  'links lead to absolute addresses': changed(rss(), /<link>.*?<\/link>/, '<link>/labels/x</link>'),
  'a document links to itself once': changed(rss(), 'rel="self"', 'rel="related"'),
  'metadata stands before the items': changed(rss(), '</channel>', '<docs>https://a.example/</docs></channel>'),
  'categories and creators have a name': changed(rss(), /<dc:creator>.*?<\/dc:creator>/, '<dc:creator/>'),
  'HTML holds nothing active': changed(rss(), '&lt;p&gt;', '&lt;iframe src=x&gt;&lt;/iframe&gt;'),
}

const brokenJson: Readonly<Record<string, string>> = {
  'the version is 1.1': changed(json(), 'version/1.1', 'version/1'),
  'a feed has a title': changed(json(), '"title": "', '"title": "", "_title": "'),
  'items are a list': JSON.stringify({ ...JSON.parse(json()), items: {} }),
  'no id occurs twice': changed(json(), 'post-41', 'post-42'),
  'an item has a content': changed(json(), '"content_html"', '"content"'),
  'addresses are absolute': changed(json(), '"url":"https://honyaku', '"url":"/honyaku'),
  'dates are RFC 3339': changed(json(), /"date_published":".*?"/, '"date_published":"yesterday"'),
  'authors have a name': changed(json(), '"authors":[{"name"', '"authors":[{"nom"'),
  'tags are texts': changed(json(), '"tags":["', '"tags":[1,"'),
  'hubs have a type and an address': changed(json(), '"type": "WebSub"', '"type": ""'),
  'HTML holds nothing active': changed(json(), '<p>', '<object data=x></object><p>'),
}

const syntaxes = [
  { name: 'Atom', rules: ATOM_RULES, broken: brokenAtom, sound: [atom(), archive(), grave('urn:gone')], inspect: inspectAtom },
  { name: 'RSS', rules: RSS_RULES, broken: brokenRss, sound: [rss()], inspect: inspectRss },
  { name: 'JSON Feed', rules: JSON_FEED_RULES, broken: brokenJson, sound: [json()], inspect: inspectJsonFeed },
]

for (const { name, rules, broken, sound, inspect } of syntaxes)
  describe(`every ${name} document that is published`, () => {
    for (const rule of rules)
      it(`keeps to: ${rule.name}`, () => {
        const document = broken[rule.name]
        expect(document).toBeDefined()
        const faults = inspect(document ?? '').faults
        expect(faults.filter(fault => fault.startsWith(`${rule.name}: `))).not.toEqual([])
      })

    it('has no rule that the documents we render break', () => {
      for (const document of sound) expect(inspect(document).faults).toEqual([])
    })

    it('is held to no rule that is not listed here', () => expect(Object.keys(broken)).toEqual(rules.map(rule => rule.name)))
  })
