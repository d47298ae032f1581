import { describe, expect, it } from 'vitest'
import { childElements, childText } from '../../../src/posts/import/child-elements.ts'

describe('childElements', () => {
  it('gives the elements directly within an entry, without those inside them', () => {
    const children = childElements('<entry a=">"><b:type>POST</b:type><author><b:type>BLOGGER</b:type></author><c/></entry>')
    expect(children.map(({ name, inner }) => [name, inner])).toEqual([
      ['type', 'POST'],
      ['author', '<b:type>BLOGGER</b:type>'],
      ['c', ''],
    ])
  })

  it('takes nested elements of one name, comments and CDATA sections for content', () => {
    const children = childElements('<entry><div><div>1</div></div><!-- <x> --><t><![CDATA[</t><y>]]></t></entry>')
    expect(children.map(({ name }) => name)).toEqual(['div', 't'])
    expect(childText(children, 't')).toBe('</t><y>')
  })

  it('reads attributes in either quotes, references decoded', () => {
    const [child] = childElements(`<entry><category term='a &amp; b' x:scheme = "c"/></entry>`)
    expect(child?.attributes).toEqual(
      new Map([
        ['term', 'a & b'],
        ['scheme', 'c'],
      ]),
    )
  })

  it('decodes references in texts and trims them', () => {
    expect(childText(childElements('<e><guid>\n https://a.example/?p=1&amp;b=&#x3042;&nope; </guid></e>'), 'guid')).toBe(
      'https://a.example/?p=1&b=あ&nope;',
    )
  })

  it('stops at a tag that never ends, at once', () => {
    const startedAt = performance.now()
    expect(childElements(`<entry>${'<a "'.repeat(200_000)}`)).toEqual([])
    expect(childElements(`<entry>${'<a>'.repeat(200_000)}`)).toHaveLength(1)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
