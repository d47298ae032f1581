import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadOf } from '../../src/html/lead.ts'

describe('leadOf', () => {
  const cases: readonly [claim: string, html: string, text: string][] = [
    ['keeps plain text', 'The F-35 is late.', 'The F-35 is late.'],
    ['divides words at blocks, not within them', '<p>One</p><p><b>T</b>wo<br>three</p>', 'One Two three'],
    ['drops what is not shown', '<style>p{}</style>a<script>b</script><!-- c -->d', 'a d'],
    ['drops what is never closed', 'a <script>b', 'a'],
    ['decodes usual references', 'R&amp;D &#8217;s &#x2014; &hellip;', 'R&D ’s — …'],
    ['leaves references that stand for nothing', '&#xD800; &bogus;', '&#xD800; &bogus;'],
    ['keeps a lone angle bracket', '3 < 4', '3 < 4'],
    ['folds white space', ' a \n\t b ', 'a b'],
  ]
  for (const [claim, html, text] of cases) it(claim, () => expect(leadOf(html, 100)).toBe(text))

  it('gives no more than was asked for', () => expect(leadOf('word '.repeat(1000), 50).length).toBeLessThanOrEqual(50))

  it('takes any string', () => {
    fc.assert(
      fc.property(fc.string(), html => {
        leadOf(html, 100)
      }),
    )
  })

  for (const scrap of ['<', '<a ', '<script>', '<!--', '&', '<p '])
    it(`stays quick on 300 KB of ${scrap}`, () => {
      const startedAt = performance.now()
      leadOf(scrap.repeat(300_000 / scrap.length), 4_000)
      expect(performance.now() - startedAt).toBeLessThan(500)
    })
})
