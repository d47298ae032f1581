import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALLOWED_ELEMENTS, STAND_INS } from '../../src/html/allowed-markup.ts'
import { sanitizedOnce } from '../../src/html/sanitize.ts'
import { isSettled } from '../../src/html/settled-markup.ts'

const BASE = 'https://blog.example.jp/2025/03/post.html'
const RUNS = 2_000

const attribute = fc.constantFrom(
  ...[
    '',
    ' href="/a?b=1&amp;c=&lt;2"',
    ' href="mailto:a@b.example"',
    ' target="_blank"',
    ' title=" "',
    ' title="&#34;&#1;題"',
    ' lang="ja"',
  ],
  ...[
    ' src="p.png" width=1 height=1',
    ' src="p.png" alt=""',
    ' src="https://feeds.feedburner.com/~r/x"',
    ' src="//h/%zz"',
    ' class="separator"',
  ],
  ...[' srcset="a 1x, b 2x"', ' colspan="2"', ' start="3"', ' datetime="2025-03-12"', ' style="display:none"', ' cite="x"', " alt='\"'"],
)
const name = fc.constantFrom(...ALLOWED_ELEMENTS, ...STAND_INS.keys(), 'font', 'object', 'x-y')
const text = fc.constantFrom('', '米国', ' ', '&amp;lt;', '&', '<', '>', '\r\n', '\u0001', '"')
const html = fc.letrec<{ node: string; nodes: string }>(tie => ({
  node: fc.oneof(
    { depthSize: 'medium' },
    text,
    fc.tuple(name, attribute, tie('nodes')).map(([element, written, inner]) => `<${element}${written}>${inner}</${element}>`),
    fc.tuple(name, attribute).map(([element, written]) => `<${element}${written}>`),
  ),
  nodes: fc.array(tie('node'), { maxLength: 4 }).map(nodes => nodes.join('')),
})).nodes

describe('isSettled', () => {
  it('says so of nothing that changes when it is sanitised again', () => {
    let settled = 0
    fc.assert(
      fc.property(html, fc.constantFrom(undefined, BASE), (written, base) => {
        const once = sanitizedOnce(written, base)
        if (!isSettled(once, base)) return
        settled++
        expect(sanitizedOnce(once, base)).toBe(once)
      }),
      { numRuns: RUNS },
    )
    expect(settled).toBeGreaterThan(RUNS / 4)
  })

  it('says so of posts as they are written', () => {
    const post =
      '<div class="separator"><a href="/i.jpg"><img src="/i.jpg" width="320" alt="写真" /></a></div><p style="x">一。<br>二。</p><ul><li>三<li>四</ul>'
    expect(isSettled(sanitizedOnce(post, BASE), BASE)).toBe(true)
  })

  const unsettled: readonly (readonly [name: string, html: string])[] = [
    ['a block in a paragraph', '<p>a<div>b</div></p>'],
    ['a link in a link', '<a href="https://a.example/"><a href="https://b.example/">b</a></a>'],
    ['an item in an item', '<ul><li>a<li>b</li></li></ul>'],
    ['a cell in a cell', '<table><tr><td><td>a</td></td></tr></table>'],
    ['tags that do not match', '<b>a</i>'],
    ['an element that is not closed', '<b>a'],
    ['an attribute that would not be written', '<a href="javascript:x">a</a>'],
    ['an address that would be written otherwise', '<a href="https://a.example">a</a>'],
    ['a reference that would be written otherwise', '<a href="https://a.example/" title="&#34;">a</a>'],
    ['a tracking pixel', '<img src="https://a.example/p.gif" width="1" height="1" />'],
    ['an image without an address', '<img alt="a" />'],
    ['a void element that is open', '<br>'],
    ['what is no tag', 'a < b'],
  ]
  for (const [what, markup] of unsettled) it(`does not vouch for ${what}`, () => expect(isSettled(markup, undefined)).toBe(false))

  it('takes linear time', () => {
    const hostile = [`<a${' title'.repeat(200_000)}`, `<a title="${'&'.repeat(1_000_000)}">`, '<b>'.repeat(300_000), '<'.repeat(1_000_000)]
    const startedAt = performance.now()
    for (const markup of hostile) expect(isSettled(markup, undefined)).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
