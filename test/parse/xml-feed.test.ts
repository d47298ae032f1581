import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Feed } from '../../src/domain/feed.ts'
import { type ParsedDocument, parseFeed } from '../../src/parse/parse-feed.ts'

const parse = (text: string): Promise<ParsedDocument> => parseFeed(new TextEncoder().encode(text), { url: 'https://e.org/feed' })
async function feedIn(text: string): Promise<Feed> {
  const parsed = await parse(text)
  if (parsed.kind !== 'feed') throw new Error(parsed.detail)
  return parsed.feed
}
const titlesIn = async (text: string) => (await feedIn(text)).entries.map(({ title }) => title?.value)
const rss = (inner: string) => `<rss version="2.0"><channel>${inner}</channel></rss>`
const times = (count: number, text: string) => text.repeat(count)

const repaired: readonly [name: string, text: string, titles: readonly (string | undefined)[]][] = [
  ['junk before the prolog', `\ufeff\n<br />\n<b>Notice</b>: x\n<?xml version="1.0"?>${rss('<item><title>a</title></item>')}`, ['a']],
  ['junk behind the end', `${rss('<item><title>a</title></item>')}<script src="x"></script>&`, ['a']],
  ['no version', '<rss><channel><item><title>a</title></item></channel></rss>', ['a']],
  ['no channel', '<rss version="2.0"><item><title>a</title></item></rss>', ['a']],
  ['items behind the channel', '<rss version="2.0"><channel><title>t</title></channel><item><title>a</title></item></rss>', ['a']],
  [
    'items in two channels',
    '<rss version="2.0"><channel><item><title>a</title></item></channel><channel><item><title>b</title></item></channel></rss>',
    ['a', 'b'],
  ],
  ['items in a wrapper', rss('<items><item><title>a</title></item><item><title>b</title></item></items>'), ['a', 'b']],
  ['a prefixed outline', '<r:rss xmlns:r="urn:x"><r:channel><r:item><r:title>a</r:title></r:item></r:channel></r:rss>', ['a']],
  ['another case', '<RSS version="2.0"><Channel><Item><TITLE>a</TITLE></Item></Channel></RSS>', ['a']],
  ['a channel in capitals', '<CHANNEL><ITEM HREF="https://e.org/1"><TITLE>a</TITLE></ITEM></CHANNEL>', ['a']],
  ['a prefix that is declared in the entry', rss('<item><q:title xmlns:q="http://purl.org/dc/elements/1.1/">a</q:title></item>'), ['a']],
  ['a prefix that is declared nowhere', rss('<item><dc:title>a</dc:title></item>'), ['a']],
  [
    'a prefix that changes its meaning',
    rss(
      '<item><x:title xmlns:x="urn:other">no</x:title></item><item><x:title xmlns:x="http://purl.org/dc/elements/1.1/">a</x:title></item>',
    ).replaceAll('<item><x:title xmlns:x="urn:other">', '<item><title>b</title><x:title xmlns:x="urn:other">'),
    ['b', 'a'],
  ],
  ['characters XML forbids', rss('<item><title>a\u0008b\0&#x1;c</title></item>'), ['abc']],
  ['HTML entities', rss('<item><title>&nbsp;caf&eacute;&hellip;</title></item>'), ['café…']],
  ['bare ampersands', rss('<item><title>Q & A &c; R&D</title></item>'), ['Q & A &c; R&D']],
  ['a bare less-than', rss('<item><title>1 < 2 <3</title></item>'), ['1 < 2 <3']],
  ['attributes without quotes', rss('<item><title type=text>a</title><link href=https://e.org/1/></item>'), ['a']],
  ['an attribute name twice', rss('<item><title a="1" a="2">a</title></item>'), ['a']],
  ['an element that is not closed', rss('<item><guid>1<title>a</title></item><item><title>b</title></item>'), ['a', 'b']],
  ['an entry that is not closed', rss('<item><title>a</title><item><title>b</title></item>'), ['a', 'b']],
  ['a closing tag for nothing', rss('<item></p><title>a</title></b></item>'), ['a']],
  ['markup in a text', rss('<item><title>a <b>b</b> c</title></item>'), ['a <b>b</b> c']],
  [
    'a document type with an internal subset',
    `<!DOCTYPE rss [<!ENTITY a "]>"> <!-- don't -->]>${rss('<item><title>a</title></item>')}`,
    ['a'],
  ],
  ['a stylesheet and comments first', `<?xml-stylesheet href="x"?><!-- <rss> -->${rss('<item><title>a</title></item>')}`, ['a']],
  [
    'a cut in the third entry',
    rss('<item><title>a</title></item><item><title>b</title></item><item><title>c</title>').slice(0, -20),
    ['a', 'b'],
  ],
  [
    'an open CDATA section',
    '<rss version="2.0"><channel><item><title>a</title></item><item><title><![CDATA[b</title></item></channel></rss>',
    ['a'],
  ],
]

describe('readXmlFeed', () => {
  for (const [name, text, titles] of repaired) it(`reads a feed with ${name}`, async () => expect(await titlesIn(text)).toEqual(titles))

  it('says that a document was cut off', async () => {
    const feed = await feedIn('<rss version="2.0"><channel><item><title>a</title></item><item><title>b')
    expect(feed.skipped).toEqual([
      'Entry 2 was left out: the document ends in the middle of it.',
      'The document is cut off: what came behind is missing.',
    ])
  })

  it('never expands a declared entity nor fetches one', async () => {
    const bomb = `<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>${rss('<item><title>&b; &f;</title></item>')}`
    expect(await titlesIn(bomb)).toEqual(['&b; &f;'])
  })

  it('is not taken in by names that objects have', async () => {
    const feed = await feedIn(
      rss(
        '<item><__proto__>x</__proto__><_>u</_><cdata>v</cdata><toString/><title hasOwnProperty="a" __proto__="b" constructor="c">t&constructor;</title></item>',
      ),
    )
    expect(feed.entries.map(({ title }) => title?.value)).toEqual(['t&constructor;'])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x')
  })

  it('takes at most 10,000 entries and says how many it left', async () => {
    const many = Array.from(
      { length: 10_500 },
      (_, index) => `<item><title>${index}</title><link>https://e.org/a-rather-long-address/${index}</link></item>`,
    )
    const feed = await feedIn(rss(many.join('')))
    expect(feed.entries).toHaveLength(10_000)
    expect(feed.skipped).toEqual(['500 entries after the first 10000 were left out.'])
  })

  it('reads the same from a document whether or not it has to be written anew', async () => {
    const inner = `<channel xml:lang="ja"><title>題 &amp; 名</title><link>/</link><item><title>a &lt;b&gt;</title><dc:creator>x</dc:creator>
      <description><![CDATA[<p>&amp; ]] </p>]]></description><author><name>n</name></author></item></channel>`
    const asIs = await parse(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:base="/b/">${inner}</rss>`)
    const anew = await parse(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:base="/b/"><!ODD>${inner}</rss>`)
    expect(asIs.kind).toBe('feed')
    expect(anew).toEqual(asIs)
  })
})

const hostile: readonly [name: string, text: string, kind: string][] = [
  [
    '300 KB of open tags in CDATA',
    rss(`<item><title>x</title><description><![CDATA[${times(75_000, 'a<p ')}]]></description></item>`),
    'feed',
  ],
  ['300 KB of open tags in a description', rss(`<item><title>x</title><description>${times(75_000, 'a<p ')}</description></item>`), 'feed'],
  ['300 KB of escaped open tags', rss(`<item><title>${times(75_000, 'a&lt;p ')}</title></item>`), 'feed'],
  ['open quotes without end', rss(`<item><title>x</title><description>${times(50_000, `a<p b="'`)}</description></item>`), 'feed'],
  ['1 MB of an open comment', `<rss><channel><item><title>x</title></item><!-- ${times(500_000, 'a-')}`, 'feed'],
  ['1 MB of an open CDATA section', `<rss><channel><item><title>x</title></item><item><title><![CDATA[${times(350_000, 'x]]')}`, 'feed'],
  ['1 MB of an open document type', `<!DOCTYPE rss [ ${times(1_000_000, 'a')}`, 'unreadable'],
  ['1 MB of an open declaration', rss(`<item><title>x</title></item><!FOO ${times(1_000_000, 'x')}`), 'feed'],
  [
    'quadratic entity expansion',
    `<!DOCTYPE r [<!ENTITY a "${times(100_000, 'x')}">]>${rss(`<item><title>${times(100_000, '&a;')}</title></item>`)}`,
    'feed',
  ],
  ['200,000 nested elements', rss(`<item><title>x</title>${times(200_000, '<a>')}${times(200_000, '</a>')}</item>`), 'feed'],
  ['200,000 nested elements, unclosed', rss(`<item><title>x</title>${times(200_000, '<a>')}</item>`), 'feed'],
  [
    '50,000 nested elements of XHTML',
    `<feed><entry><content type="xhtml">${times(50_000, '<div>')}${times(50_000, '</div>')}</content></entry></feed>`,
    'feed',
  ],
  ['100,000 items', rss(times(100_000, '<item><title>a</title></item>')), 'feed'],
  ['100,000 attributes', rss(`<item ${Array.from({ length: 100_000 }, (_, i) => `a${i}="x"`).join(' ')}><title>x</title></item>`), 'feed'],
  [
    '20,000 namespace declarations',
    rss(`<item>${Array.from({ length: 20_000 }, (_, i) => `<p${i}:x xmlns:p${i}="urn:${i}"/>`).join('')}<title>x</title></item>`),
    'feed',
  ],
  ['300 KB of ampersands', rss(`<item><title>${times(300_000, '&')}</title></item>`), 'feed'],
  ['500 KB of less-than signs', rss(`<item><title>x</title>${times(500_000, '<')}</item>`), 'feed'],
  [
    '30,000 authors',
    rss(`<item><title>x</title>${Array.from({ length: 30_000 }, (_, i) => `<author>${i}</author>`).join('')}</item>`),
    'feed',
  ],
  ['an open JSON array', times(300_000, '['), 'not-a-feed'],
]

describe('readXmlFeed on hostile documents', () => {
  for (const [name, text, kind] of hostile)
    it(`gets over ${name}`, { timeout: 2000 }, async () => expect((await parse(text)).kind).toBe(kind))

  it('has an outcome for any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), async text => {
        expect(['feed', 'not-a-feed', 'unreadable']).toContain((await parse(text)).kind)
      }),
    )
  })

  it('has an outcome for any pile of markup', async () => {
    const piece = fc.constantFrom(
      ...[
        '<rss>',
        '<channel>',
        '<item>',
        '<title>',
        '</title>',
        '</item>',
        '</channel>',
        '</rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        '<entry>',
      ],
      ...[
        '</entry>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<!',
        '<?',
        '?>',
        '&',
        '&amp;',
        '&#8;',
        '<',
        '>',
        '"',
        "'",
        '=',
        '/',
        ' x="',
        '<a:b xmlns:a="',
        '\0',
        'text',
      ],
      ...[
        '<content type="xhtml">',
        '<div>',
        '</div>',
        '<description>',
        '<link href="',
        '</',
        '<rdf:RDF>',
        '<constructor>',
        '<!DOCTYPE x [',
        ']>',
      ],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async pieces => {
        const parsed = await parse(pieces.join(''))
        if (parsed.kind !== 'feed') return
        const ids = parsed.feed.entries.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps exactly the complete entries wherever a feed is cut', async () => {
    const whole = rss(
      Array.from(
        { length: 8 },
        (_, i) => `<item><title>${i} &amp; x</title><description><![CDATA[<p>y</p>]]></description><author>z</author></item>`,
      ).join(''),
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: whole.length }), async end => {
        const parsed = await parse(whole.slice(0, end))
        const complete = whole.slice(0, end).split('</item>').length - 1
        expect(parsed.kind === 'feed' ? parsed.feed.entries.length : 0).toBe(complete)
      }),
    )
  })
})
