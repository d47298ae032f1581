import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Entry, Feed } from '../../src/domain/feed.ts'
import { type DocumentContext, parseFeed } from '../../src/parse/parse-feed.ts'

const fixtures = new URL('fixtures/', import.meta.url)
const context: DocumentContext = { url: 'https://fetched.example/feeds/main.xml' }
const parse = (text: string, more: Partial<DocumentContext> = {}) => parseFeed(new TextEncoder().encode(text), { ...context, ...more })

async function feedIn(text: string, more: Partial<DocumentContext> = {}): Promise<Feed> {
  const parsed = await parse(text, more)
  if (parsed.kind !== 'feed') throw new Error(parsed.detail)
  return parsed.feed
}
const atom = (inner: string) => `<feed xmlns="http://www.w3.org/2005/Atom">${inner}</feed>`
const rss = (inner: string) => `<rss version="2.0"><channel><title>t</title>${inner}</channel></rss>`
async function itemIn(inner: string, more: Partial<DocumentContext> = {}): Promise<Partial<Entry>> {
  return (await feedIn(rss(`<item>${inner}</item>`), more)).entries[0] ?? {}
}

describe('parseFeed', () => {
  for (const file of readdirSync(fixtures).filter(name => name.endsWith('.xml')))
    it(`reads ${file} whole`, async () => {
      const bytes = new Uint8Array(readFileSync(new URL(file, fixtures)))
      const expected: unknown = JSON.parse(readFileSync(new URL(file.replace(/xml$/, 'json'), fixtures), 'utf8'))
      expect(await parseFeed(bytes, context)).toEqual({ kind: 'feed', feed: expected })
    })

  const others: readonly [name: string, text: string, kind: string, detail: string][] = [
    [
      'an HTML page',
      '<!DOCTYPE html><html><head><title>Just a &amp;\n moment…</title></head></html>',
      'not-a-feed',
      'an HTML page titled “Just a & moment…”',
    ],
    ['a page that talks about feeds', '<html><body>Use &lt;rss&gt;, or <feed> elements.</body></html>', 'not-a-feed', 'an HTML page'],
    [
      'another XML document',
      '<?xml version="1.0"?><opml version="2.0"></opml>',
      'not-a-feed',
      'a document whose outermost element is <opml>',
    ],
    [
      'prose',
      'Service unavailable, come back later.',
      'not-a-feed',
      'text without a feed element, beginning “Service unavailable, come back later.”',
    ],
    ['other JSON', '{"error": "forbidden"}', 'not-a-feed', 'a JSON document that is no JSON Feed'],
    ['nothing', '', 'unreadable', 'an empty document'],
    ['white space', '\ufeff \n', 'unreadable', 'an empty document'],
    ['a prolog alone', '<?xml version="1.0"?><!-- x', 'unreadable', 'an XML prolog with no element behind it'],
    [
      'a feed cut off in its first entry',
      '<?xml version="1.0"?>\n<rss version="2.0"><channel>\n<item><title>x',
      'unreadable',
      'a feed whose XML is broken or cut off before its first complete entry (line 3: unexpected end)',
    ],
  ]
  for (const [name, text, kind, detail] of others)
    it(`says what ${name} is`, async () => expect(await parse(text)).toEqual({ kind, detail }))

  it('takes a feed without entries for what it is', async () => {
    expect((await feedIn(rss(''))).entries).toEqual([])
    expect((await feedIn('<feed xmlns="http://www.w3.org/2005/Atom"/>')).entries).toEqual([])
  })

  it('reads a feed that a page was put around', async () => {
    const feed = await feedIn(`<!DOCTYPE html><html><body>${atom('<entry><id>a</id></entry>')}</body></html>`)
    expect(feed.entries.map(({ id }) => id)).toEqual(['a'])
  })

  it('reads a single Atom entry as a feed of one', async () => {
    const feed = await feedIn('<entry xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><id>a</id><title>題</title></entry>')
    expect(feed.entries).toMatchObject([{ id: 'a', title: { value: '題' }, language: 'ja' }])
  })

  it('goes by the document, not by its content type', async () => {
    expect((await feedIn(rss('<item><title>x</title></item>'), { contentType: 'text/html' })).entries).toHaveLength(1)
  })

  it('resolves against Content-Location before the address, and passes it on with HTML', async () => {
    const item = await itemIn('<link>one</link><description>&lt;a href="two"&gt;</description>', { contentLocation: '/elsewhere/' })
    expect(item.url).toBe('https://fetched.example/elsewhere/one')
    expect(item.summary?.base).toBe('https://fetched.example/elsewhere/')
  })

  it('takes the language of the response where the document has none', async () => {
    expect((await feedIn(rss(''), { contentLanguage: 'ja' })).metadata.language).toBe('ja')
    expect((await feedIn(rss('<language>fr</language>'), { contentLanguage: 'ja' })).metadata.language).toBe('fr')
  })

  const titles: readonly [source: string, type: string, value: string][] = [
    ['Tom &amp; Jerry', 'text', 'Tom & Jerry'],
    ['Tom &amp;amp; Jerry&amp;#8217;s', 'text', 'Tom & Jerry’s'],
    ['<![CDATA[Tom &#8217;]]>', 'text', 'Tom ’'],
    ['The &lt;head&gt; element', 'text', 'The <head> element'],
    ['An &lt;em&gt;odd&lt;/em&gt; title', 'html', 'An <em>odd</em> title'],
    ['2 &lt; 3 &gt; 1', 'text', '2 < 3 > 1'],
  ]
  for (const [source, type, value] of titles)
    it(`reads the RSS title ${source}`, async () => expect((await itemIn(`<title>${source}</title>`)).title).toEqual({ type, value }))

  const atomTexts: readonly [source: string, type: string, value: string][] = [
    ['<title>&lt;b&gt; &amp;amp;</title>', 'text', '<b> &amp;'],
    ['<title type="text">&lt;i&gt;x&lt;/i&gt;</title>', 'text', '<i>x</i>'],
    ['<title type="html">&lt;i&gt;x&lt;/i&gt;</title>', 'html', '<i>x</i>'],
    ['<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <i>b</i> c<br/>d</div></title>', 'html', 'a <i>b</i> c<br/>d'],
    ['<title type="application/octet-stream">PGI+</title>', 'html', '<b>'],
  ]
  for (const [source, type, value] of atomTexts)
    it(`reads ${source}`, async () => expect((await feedIn(atom(`<entry>${source}</entry>`))).entries[0]?.title).toEqual({ type, value }))

  it('takes Atom content without a type for HTML where it is full of tags', async () => {
    const feed = await feedIn(atom('<entry><content>&lt;p&gt;x&lt;/p&gt;</content></entry><entry><content>1 &lt; 2</content></entry>'))
    expect(feed.entries.map(({ content }) => content?.type)).toEqual(['html', 'text'])
  })

  const addresses: readonly [name: string, inner: string, url: string | undefined][] = [
    ['its link', '<link> https://e.org/1\n</link><guid>https://e.org/2</guid>', 'https://e.org/1'],
    ['a guid that is a permalink', '<guid isPermaLink="true">https://e.org/2</guid>', 'https://e.org/2'],
    ['a guid that does not deny it', '<guid>https://e.org/2</guid>', 'https://e.org/2'],
    ['no guid that denies it', '<guid isPermaLink="false">https://e.org/2</guid>', undefined],
    ['no guid that is no address', '<guid>e.org 2</guid>', undefined],
    ['an Atom link', '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="/3"/>', 'https://fetched.example/3'],
    ['a link with an attribute', '<link href="https://e.org/4"/>', 'https://e.org/4'],
    ['a link with the ampersand bare', '<link>https://e.org/?a=1&b=2</link>', 'https://e.org/?a=1&b=2'],
  ]
  for (const [name, inner, url] of addresses)
    it(`takes ${name} for the address of an RSS item`, async () => expect((await itemIn(`<title>x</title>${inner}`)).url).toBe(url))

  it('keeps an undated entry whose date nobody can read', async () => {
    const item = await itemIn('<title>x</title><pubDate>soon</pubDate>')
    expect(item.title?.value).toBe('x')
    expect(item.published).toBeUndefined()
  })

  it('takes the next best date where the first cannot be read', async () => {
    const feed = await feedIn(
      '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><pubDate>soon</pubDate><dc:date>2026-06-02</dc:date></item></channel></rss>',
    )
    expect(feed.entries[0]?.published).toBe(Date.UTC(2026, 5, 2))
  })

  it('does not give the feed’s categories to its entries', async () => {
    const feed = await feedIn(
      atom('<category term="feed"/><entry><id>a</id><category term="own" scheme="http://www.blogger.com/atom/ns#"/></entry>'),
    )
    expect(feed.entries[0]?.categories).toEqual([{ term: 'own', scheme: 'http://www.blogger.com/atom/ns#' }])
  })

  it('reads OpenSearch in both of its namespaces', async () => {
    for (const namespace of ['http://a9.com/-/spec/opensearchrss/1.0/', 'http://a9.com/-/spec/opensearch/1.1/']) {
      const feed = await feedIn(
        `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="${namespace}"><o:totalResults>7021</o:totalResults><o:startIndex>1</o:startIndex></feed>`,
      )
      expect(feed.paging).toEqual({ totalResults: 7021, startIndex: 1 })
    }
  })

  it('says which entries of a document say nothing', async () => {
    const feed = await feedIn(rss('<item/><item><title>x</title></item>'))
    expect(feed.entries).toHaveLength(1)
    expect(feed.skipped).toEqual(['Entry 1 was left out: it says nothing.'])
  })
})
