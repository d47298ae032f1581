import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linksIn } from '../../src/websub/link-header.ts'

const HUB = { rels: ['hub'], href: 'https://hub.example/' }
const SELF = { rels: ['self'], href: 'https://a.example/feed' }

const cases: readonly [name: string, header: string, expected: ReturnType<typeof linksIn>][] = [
  ['a token', '<https://hub.example/>; rel=hub', [HUB]],
  ['a quoted string', '<https://hub.example/>; rel="hub"', [HUB]],
  ['two links', '<https://hub.example/>; rel="hub", <https://a.example/feed>; rel="self"', [HUB, SELF]],
  ['no spaces', '<https://hub.example/>;rel=hub,<https://a.example/feed>;rel=self', [HUB, SELF]],
  ['spaces and tabs', ' <https://hub.example/> ;\t rel = "hub" ', [HUB]],
  ['several relations', '<https://a.example/feed>; rel="Self  canonical"', [{ ...SELF, rels: ['self', 'canonical'] }]],
  ['upper case', '<https://hub.example/>; REL="HUB"', [HUB]],
  ['other parameters', '<https://hub.example/>; title="a, b; rel=self"; type="text/html"; rel=hub; hreflang=en', [HUB]],
  ['escapes', '<https://hub.example/>; title="\\"; rel=self"; rel=hub', [HUB]],
  ['a comma and a semicolon in the address', '<https://hub.example/?a=1,2;3>; rel=hub', [{ ...HUB, href: 'https://hub.example/?a=1,2;3' }]],
  ['a relative reference', '</hub>; rel=hub', [{ ...HUB, href: '/hub' }]],
  ['a repeated parameter: the first counts', '<https://hub.example/>; rel=hub; rel=self', [HUB]],
  ['a link about another document', '<https://hub.example/>; rel=hub; anchor="#x"', []],
  ['a link without a relation', '<https://hub.example/>; title=x', []],
  ['a link that has nothing but an address', '<https://hub.example/>', []],
  ['an empty header', '', []],
  ['no link at all', 'rel=hub, nothing', []],
  ['an address without an end', '<https://hub.example/; rel=hub', []],
  ['a string without an end', '<https://hub.example/>; rel="hub', [HUB]],
  ['junk before and between', ',,; x <https://hub.example/>;;;rel=hub;,, <https://a.example/feed>; rel=self;', [HUB, SELF]],
]

describe('linksIn', () => {
  for (const [name, header, expected] of cases) it(`reads ${name}`, () => expect(linksIn(header)).toEqual(expected))

  it('reads whatever it is given, in time that grows with its length', () => {
    const piece = fc.constantFrom('<', '>', '"', '\\', ';', ',', '=', 'rel', 'hub', ' ', 'x', '__proto__')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        for (const { rels, href } of linksIn(pieces.join(''))) expect([Array.isArray(rels), typeof href]).toEqual([true, 'string'])
      }),
      { numRuns: 2_000 },
    )
    const startedAt = performance.now()
    for (const unit of ['<', '<>', '<a>;', '<a>;rel="', '<a>;rel=hub,', ';', '"', '\\']) linksIn(unit.repeat(30_000))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('takes the first hundred links', () => expect(linksIn('<a>;rel=hub,'.repeat(1_000))).toHaveLength(100))
})
