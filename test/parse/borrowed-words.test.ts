import { describe, expect, it } from 'vitest'
import type { Entry, Feed, FeedMetadata } from '../../src/domain/feed.ts'
import { parseFeed, parseOrderlyFeed } from '../../src/parse/parse-feed.ts'

const PREFIXES = Object.entries({
  atom: 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  content: 'http://purl.org/rss/1.0/modules/content/',
  media: 'http://search.yahoo.com/mrss/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  cc: 'http://web.resource.org/cc/',
  creativeCommons: 'http://backend.userland.com/creativeCommonsRssModule',
  admin: 'http://webns.net/mvcb/',
  xhtml: 'http://www.w3.org/1999/xhtml',
})
const DECLARED = PREFIXES.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('')
const rss = (inner: string) => `<rss version="2.0"${DECLARED}><channel>${inner}</channel></rss>`
const atom = (inner: string) => `<feed xmlns="http://www.w3.org/2005/Atom"${DECLARED}>${inner}</feed>`
const WHEN = '2026-06-02T18:30:00Z'
const AT = Date.parse(WHEN)

const bytesOf = (text: string) => new TextEncoder().encode(text)
async function feedIn(text: string): Promise<Feed> {
  const parsed = await parseFeed(bytesOf(text), { url: 'https://e.org/feeds/all' })
  if (parsed.kind !== 'feed') throw new Error(parsed.detail)
  return parsed.feed
}

const html = (value: string) => ({ type: 'html', value })
const plain = (value: string) => ({ type: 'text', value })

// What stands in an RSS item, and what of it is the same in an Atom entry.
const items: readonly [name: string, inner: string, expected: Partial<Entry>][] = [
  ['a date in the words of Atom 0.3', `<issued>${WHEN}</issued><modified>${WHEN}</modified>`, { published: AT, updated: AT }],
  ['a creation date where there is no other', `<dcterms:created>${WHEN}</dcterms:created>`, { published: AT }],
  ['dc:date for either date', `<dc:date>${WHEN}</dc:date>`, { published: AT, updated: AT }],
  ['pubDate before dc:date', `<pubDate>${WHEN}</pubDate><dc:date>2026-07-01</dc:date>`, { published: AT, updated: Date.UTC(2026, 6, 1) }],
  [
    'the next date where the first cannot be read',
    `<published>soon</published><dcterms:issued>${WHEN}</dcterms:issued>`,
    { published: AT },
  ],
  ['dc:author', '<dc:author>Ann</dc:author>', { authors: [{ name: 'Ann' }] }],
  ['keywords', '<keywords>a</keywords>', { categories: [{ term: 'a' }] }],
  ['keywords of Media RSS', '<media:keywords>a, b</media:keywords>', { categories: [{ term: 'a' }, { term: 'b' }] }],
  [
    'podcast categories with those within them',
    '<itunes:category text="A"><itunes:category text="B"/></itunes:category>',
    {
      categories: [
        { term: 'A', scheme: 'http://www.itunes.com/' },
        { term: 'B', scheme: 'http://www.itunes.com/' },
      ],
    },
  ],
  [
    'what is said of a group of files',
    '<media:group><media:title>a</media:title><media:content url="x"><media:keywords>k</media:keywords></media:content></media:group>',
    { title: { type: 'text', value: 'a' }, categories: [{ term: 'k' }] },
  ],
  ['a body in XHTML', '<xhtml:body><p>a <b>b</b></p></xhtml:body>', { content: { type: 'html', value: '<p>a <b>b</b></p>' } }],
  ['a licence of RSS 1.0', '<cc:license rdf:resource="https://l.example/"/>', { links: [{ rel: 'license', href: 'https://l.example/' }] }],
  [
    'a licence of RSS 2.0',
    '<creativeCommons:license>https://l.example/</creativeCommons:license>',
    { links: [{ rel: 'license', href: 'https://l.example/' }] },
  ],
  [
    'the address of a discussion',
    '<comments>/1#comments</comments>',
    { links: [{ rel: 'replies', href: 'https://e.org/1#comments', type: 'text/html' }] },
  ],
  ['a guid', '<guid isPermaLink="false">g1</guid>', { id: 'g1' }],
  ['a guid that is only a path', '<guid>/2026/a</guid>', { id: 'https://e.org/2026/a' }],
  ['the language HTML style', '<title lang="ja">題</title>', { title: { type: 'text', value: '題', language: 'ja' } }],
]

describe('an entry in borrowed words', () => {
  for (const [name, inner, expected] of items) {
    it(`reads ${name} in RSS`, async () => {
      expect((await feedIn(rss(`<item>${inner}</item>`))).entries[0]).toMatchObject(expected)
    })
    it(`reads ${name} in Atom`, async () => {
      expect((await feedIn(atom(`<entry>${inner}</entry>`))).entries[0]).toMatchObject(expected)
    })
  }
  it('takes the id of an Atom entry without links for its page', async () => {
    const ids = ['https://e.org/1', 'tag:e.org,2026:2']
    const { entries } = await feedIn(atom(ids.map(id => `<entry><id>${id}</id></entry>`).join('')))
    expect(entries.map(({ url }) => url)).toEqual(['https://e.org/1', undefined])
  })
  it('says the licence once where two elements do', async () => {
    const link = '<link rel="license" href="https://l.example/"/>'
    const { entries } = await feedIn(atom(`<entry>${link}<cc:license rdf:resource="https://l.example/"/></entry>`))
    expect(entries[0]?.links).toHaveLength(1)
  })
})

const channels: readonly [name: string, inner: string, expected: Partial<FeedMetadata>][] = [
  ['lastBuildDate before dc:date', `<dc:date>2020-01-01</dc:date><lastBuildDate>${WHEN}</lastBuildDate>`, { updated: AT }],
  ['a date of publication where there is no other', `<pubDate>${WHEN}</pubDate>`, { updated: AT }],
  ['the generator of RSS 1.0', '<admin:generatorAgent rdf:resource="https://g.example/?v=1"/>', { generator: 'https://g.example/?v=1' }],
  ['icon and logo', '<icon>/i.png</icon><logo>l.png</logo>', { icon: 'https://e.org/i.png', logo: 'https://e.org/feeds/l.png' }],
  ['the image of a podcast', '<itunes:image href="/a.jpg"/>', { logo: 'https://e.org/a.jpg' }],
  ['a guid that is only a path', '<guid>/all</guid>', { id: 'https://e.org/all' }],
  ['the language of Dublin Core', '<dc:language>ja</dc:language>', { language: 'ja' }],
]

describe('a feed in borrowed words', () => {
  for (const [name, inner, expected] of channels) {
    it(`reads ${name} in RSS`, async () => expect((await feedIn(rss(inner))).metadata).toMatchObject(expected))
    it(`reads ${name} in Atom`, async () => expect((await feedIn(atom(inner))).metadata).toMatchObject(expected))
  }
  it('reads the abstract and the date of a CDF channel', async () => {
    const { metadata } = await feedIn(`<CHANNEL HREF="https://e.org/" LASTMOD="${WHEN}"><ABSTRACT>a</ABSTRACT></CHANNEL>`)
    expect(metadata).toMatchObject({ subtitle: html('a'), updated: AT })
  })
  it('reads an item that stands alone', async () => {
    expect((await feedIn('<item><title>a</title></item>')).entries).toMatchObject([{ title: plain('a') }])
  })
})

describe('atom:source', () => {
  const source = (inner: string) => `<entry><title>a</title><source>${inner}</source></entry>`
  it('keeps the order of markup in its texts', async () => {
    const { entries } = await feedIn(atom(source('<title>a <b>b</b> c</title><rights type="xhtml"><b>d</b></rights>')))
    expect(entries[0]?.source).toMatchObject({ title: html('a <b>b</b> c'), rights: html('<b>d</b>') })
  })
  it('is read in RSS too', async () => {
    const inner = '<item><source><title>s</title><link href="https://s.example/"/></source></item>'
    expect((await feedIn(rss(inner))).entries[0]?.source).toMatchObject({
      title: plain('s'),
      links: [{ rel: 'alternate', href: 'https://s.example/' }],
    })
  })
})

describe('namespaces', () => {
  const creators: readonly [name: string, uri: string][] = [
    ['in capitals', 'HTTP://PURL.ORG/DC/ELEMENTS/1.1/'],
    ['over https', 'https://purl.org/dc/elements/1.1/'],
    ['without its last stroke', 'http://purl.org/dc/elements/1.1'],
    ['that is another’s, under the usual prefix', 'urn:unknown'],
  ]
  for (const [name, uri] of creators)
    it(`are known by an address ${name}`, async () => {
      const text = `<rss version="2.0" xmlns:dc="${uri}"><channel><item><dc:creator>Ann</dc:creator></item></channel></rss>`
      expect((await feedIn(text)).entries[0]?.authors).toEqual([{ name: 'Ann' }])
    })
  it('are not known by an unknown address under an unusual prefix', async () => {
    const inner = '<item xmlns:zz="urn:unknown"><title>a</title><zz:title>b</zz:title><zz:creator>Ann</zz:creator></item>'
    expect((await feedIn(rss(inner))).entries[0]).toMatchObject({ title: plain('a'), authors: [] })
  })
  it('include the names Atom had before', async () => {
    const text = '<rss version="2.0" xmlns:e="http://purl.org/echo/"><channel><item><e:title>a</e:title></item></channel></rss>'
    expect((await feedIn(text)).entries[0]?.title).toEqual(plain('a'))
  })
})

describe('xml:base', () => {
  const BASES = ' xml:base="https://a.example/x/"'
  const cases: readonly [name: string, inner: string, url: string][] = [
    ['on the feed', '<author><name>n</name><uri>u</uri></author>', 'https://a.example/x/u'],
    ['on the entry', '<author xml:base="y/"><name>n</name><uri>u</uri></author>', 'https://a.example/x/y/u'],
    ['on the element', '<author xml:base="y/"><name>n</name><uri xml:base="/z/">u</uri></author>', 'https://a.example/z/u'],
    ['that leads nowhere', '<author xml:base="javascript:0"><name>n</name><uri xml:base="urn:x">u</uri></author>', 'https://a.example/x/u'],
  ]
  for (const [name, inner, url] of cases)
    it(`counts ${name}`, async () => {
      const { entries } = await feedIn(`<feed${BASES}><entry><title>a</title>${inner}</entry></feed>`)
      expect(entries[0]?.authors).toEqual([{ name: 'n', uri: url }])
    })
})

describe('reading at once', () => {
  const orderly = (text: string) => parseOrderlyFeed(bytesOf(text), { url: 'https://e.org/' })
  const disorderly: readonly [name: string, text: string][] = [
    ['an item within an item', rss('<item><title>a</title><item><title>b</title></item></item>')],
    ['markup in the title of a source', atom('<entry><source><title>a <b>b</b></title></source></entry>')],
    ['a control character that stands for a quotation mark', rss('<item><title>\u0093a\u0094</title></item>')],
  ]
  for (const [name, text] of disorderly)
    it(`is left for ${name}`, async () => {
      expect(await orderly(text)).toBeUndefined()
      expect((await feedIn(text)).skipped).toEqual([])
    })
  it('reads both of two nested items', async () => {
    const { entries } = await feedIn(rss('<item><title>a</title><item><title>b</title></item></item>'))
    expect(entries.map(({ title }) => title?.value)).toEqual(['a', 'b'])
  })
  it('reads control characters as windows-1252', async () => {
    expect((await feedIn(rss('<item><title>\u0093a\u0094</title></item>'))).entries[0]?.title?.value).toBe('“a”')
  })
  it('does for feeds with groups of files', async () => {
    expect(await orderly(atom('<entry><media:group><media:description>d</media:description></media:group></entry>'))).toMatchObject({
      feed: { entries: [{ summary: plain('d') }] },
    })
  })
})

describe('an XHTML text without elements', () => {
  const titleOf = async (inner: string) => (await feedIn(atom(`<entry><title type="xhtml">${inner}</title></entry>`))).entries[0]?.title
  it('is text', async () => expect(await titleOf('a &amp;amp; b')).toEqual(plain('a &amp; b')))
  it('is HTML where it is full of tags', async () => expect(await titleOf('&lt;b>a&lt;/b>')).toEqual(html('<b>a</b>')))
})
