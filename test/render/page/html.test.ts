import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { html, raw } from '../../../src/render/page/html.ts'

describe('html', () => {
  const cases: readonly [name: string, made: { readonly markup: string }, expected: string][] = [
    ['escapes text', html`<p>${'<b> & "c" \'d\''}</p>`, '<p>&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</p>'],
    ['does not decode what looks escaped already', html`${'&amp;'}`, '&amp;amp;'],
    ['keeps nested markup', html`<p>${html`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
    ['keeps raw markup', html`<p>${raw('<i>x</i>')}</p>`, '<p><i>x</i></p>'],
    ['joins lists and escapes their strings', html`${['<', html`<br>`, ['a', 1]]}`, '&lt;<br>a1'],
    ['renders nothing for null, undefined and false', html`a${null}${undefined}${false}b`, 'ab'],
    ['renders zero and the empty string', html`${0}|${''}`, '0|'],
    ['drops control characters and keeps line breaks', html`${'a\0\x1b\x7f\n\tb'}`, 'a\n\tb'],
    ['replaces lone surrogates', html`${'a\ud800b'}`, 'a\ufffdb'],
    ['does not take a replacement pattern for one', html`${"$& $' $1"}`, '$&amp; $&#39; $1'],
  ]
  for (const [name, made, expected] of cases) it(name, () => expect(made.markup).toBe(expected))

  it('does not take an object that only looks like markup', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as string
    expect(() => html`${forged}`.markup).toThrow(TypeError)
  })

  it('lets no string leave its element or its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const parsed = parseDocument(html`<p title="${text}">${text}</p><hr>`.markup).children
        const [p, hr] = parsed
        expect(parsed).toHaveLength(2)
        expect(p).toMatchObject({ name: 'p', attribs: { title: shown(text) } })
        expect(hr).toMatchObject({ name: 'hr' })
      }),
    )
  })
})

const shown = (text: string) => text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
