import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutDocument } from '../../../src/posts/import/cut-document.ts'

function cut(text: string) {
  const bytes = Buffer.from(text)
  const document = cutDocument(bytes)
  return (
    document && { ...document, pieces: document.pieces.map(({ start, end, isBroken }) => [bytes.toString('utf8', start, end), isBroken]) }
  )
}

describe('cutDocument', () => {
  it('cuts an Atom feed into its entries and keeps what stands before them', () => {
    expect(cut('<?xml version="1.0"?><feed a="1"><id>x</id> <entry>一</entry>\n<entry k="v">二</entry></feed>')).toEqual({
      head: '<feed a="1"><id>x</id> ',
      openTags: '<feed a="1">',
      closeTags: '</feed>',
      pieces: [
        ['<entry>一</entry>', false],
        ['<entry k="v">二</entry>', false],
      ],
    })
  })

  const shells: readonly [name: string, text: string, openTags: string, closeTags: string][] = [
    ['the items of RSS within their channel', '<rss><channel><t/><item>1</item></channel></rss>', '<rss><channel>', '</channel></rss>'],
    ['the items of RSS 1.0 behind it', '<rdf:RDF><channel><items/></channel><item>1</item></rdf:RDF>', '<rdf:RDF>', '</rdf:RDF>'],
    ['prefixed names', '<a:feed><a:entry>1</a:entry></a:feed>', '<a:feed>', '</a:feed>'],
    [
      'what stands behind comments and a document type',
      '<!-- <rss> --><!DOCTYPE rss [<!ENTITY a ">">]><rss><item>1</item></rss>',
      '<rss>',
      '</rss>',
    ],
  ]
  for (const [name, text, openTags, closeTags] of shells) {
    it(`finds ${name}`, () => {
      expect(cut(text)).toMatchObject({ openTags, closeTags, pieces: [[expect.stringContaining('1'), false]] })
    })
  }

  it('takes tags in comments and CDATA sections for text', () => {
    const entry = '<entry><content><![CDATA[</entry><entry>]]></content><!-- </entry> --></entry>'
    expect(cut(`<feed>${entry}</feed>`)?.pieces).toEqual([[entry, false]])
  })

  it('does not take longer names for entries', () => {
    expect(cut('<rss><items/><item-list/><item>1</item></rss>')?.pieces).toEqual([['<item>1</item>', false]])
  })

  it('ends an entry that is not closed where the next one or the end comes', () => {
    expect(cut('<feed><entry>1<entry>2</entry><entry>3')?.pieces).toEqual([
      ['<entry>1', true],
      ['<entry>2</entry>', false],
      ['<entry>3', true],
    ])
  })

  it('leaves a head that can be closed where there is no entry', () => {
    expect(cut('<rss><channel><title>t</title></channel></rss>')).toMatchObject({
      head: '<rss><channel><title>t</title>',
      closeTags: '</channel></rss>',
      pieces: [],
    })
  })

  for (const text of ['', 'text', '<html><feed/></html>', '{"a":1}', '<', '<!-- ', '<!DOCTYPE x [']) {
    it(`finds no feed in ${JSON.stringify(text)}`, () => expect(cut(text)).toBeUndefined())
  }

  it('finds pieces in order and within the document, whatever it holds', () => {
    const part = fc.constantFrom('<feed>', '<entry>', '</entry>', '</feed>', '<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', 'あ', '<', '>')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), parts => {
        const bytes = Buffer.from(`<feed>${parts.join('')}`)
        let last = 0
        for (const { start, end } of cutDocument(bytes)?.pieces ?? []) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(bytes.length)
          last = end
        }
      }),
    )
  })
})
