import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/posts/markdown.ts'

describe('renderMarkdown', () => {
  const cases: readonly [claim: string, markdown: string, html: string][] = [
    ['headings', '# 一\n## 二 ##\n三\n---', '<h1>一</h1>\n<h2>二</h2>\n<h2>三</h2>'],
    ['paragraphs and hard breaks', '一行目  \n二行目\\\n三行目\n\n次', '<p>一行目<br>\n二行目<br>\n三行目</p>\n<p>次</p>'],
    [
      'emphasis',
      '*a* _b_ **c** __d__ ***e***',
      '<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em></p>',
    ],
    ['emphasis around Japanese brackets', '彼は**「強調」**の語', '<p>彼は<strong>「強調」</strong>の語</p>'],
    ['no emphasis within words or around spaces', 'snake_case_x 2 * 3 * 4', '<p>snake_case_x 2 * 3 * 4</p>'],
    ['emphasis never closed', '**a *b', '<p>**a *b</p>'],
    ['links', '[記事](https://a.example/x_(y) "題")', '<p><a href="https://a.example/x_(y)" title="題">記事</a></p>'],
    [
      'links by reference',
      '[記事][A] [a]\n\n[a]: https://a.example/',
      '<p><a href="https://a.example/">記事</a> <a href="https://a.example/">a</a></p>',
    ],
    ['bare addresses', '原文：https://a.example/x。', '<p>原文：<a href="https://a.example/x">https://a.example/x</a>。</p>'],
    ['addresses in angle brackets', '<https://a.example/>', '<p><a href="https://a.example/">https://a.example/</a></p>'],
    [
      'images, also within links',
      '[![図](a.png)](https://a.example/)',
      '<p><a href="https://a.example/"><img src="a.png" alt="図"></a></p>',
    ],
    ['lists', '- 一\n- 二\n  - 三\n', '<ul>\n<li>一</li>\n<li>二\n<ul>\n<li>三</li>\n</ul>\n</li>\n</ul>'],
    ['numbered lists', '3. 三\n4. 四', '<ol start="3">\n<li>三</li>\n<li>四</li>\n</ol>'],
    ['lists with space between', '- 一\n\n- 二', '<ul>\n<li>\n<p>一</p>\n</li>\n<li>\n<p>二</p>\n</li>\n</ul>'],
    ['quotes', '> 引用\n続き\n\n外', '<blockquote>\n<p>引用\n続き</p>\n</blockquote>\n<p>外</p>'],
    ['code', '`a < *b*` と `` ` ``', '<p><code>a &lt; *b*</code> と <code>`</code></p>'],
    ['fenced code', '```js\na < b\n```\n後', '<pre><code class="language-js">a &lt; b\n</code></pre>\n<p>後</p>'],
    [
      'tables',
      '| 艦 | 数 |\n| --- | --- |\n| 潜水艦 | 3 |',
      '<table>\n<thead>\n<tr>\n<th>艦</th>\n<th>数</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>潜水艦</td>\n<td>3</td>\n</tr>\n</tbody>\n</table>',
    ],
    ['rules', '***\n---\n_ _ _', '<hr>\n<hr>\n<hr>'],
    ['HTML', '<div>\n*a*\n</div>\n\n<b>b</b> <!-- c --> d', '<div>\n*a*\n</div>\n<p><b>b</b> <!-- c --> d</p>'],
    ['characters HTML needs escaped', 'a < b & c &amp; d > e', '<p>a &lt; b &amp; c &amp; d &gt; e</p>'],
    ['escapes', '\\*a\\* \\[b\\] 1\\. C:\\dir', '<p>*a* [b] 1. C:\\dir</p>'],
    ['indented lines as paragraphs', '    字下げした段落。', '<p>字下げした段落。</p>'],
    ['nothing', '\n\n', ''],
  ]
  for (const [claim, markdown, html] of cases) it(`renders ${claim}`, () => expect(renderMarkdown(markdown)).toBe(html))

  it('never throws', () => {
    const scraps = fc.constantFrom(
      '*',
      '_',
      '`',
      '[',
      ']',
      '(',
      ')',
      '!',
      '<',
      '>',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '```',
      '---',
      '\\',
      '&',
      ' ',
      'a',
      '語',
      'https://',
    )
    fc.assert(fc.property(fc.array(scraps, { maxLength: 60 }), parts => typeof renderMarkdown(parts.join('')) === 'string'))
  })

  const hostile: Readonly<Record<string, string>> = {
    marks: `${'*a _b '.repeat(30_000)}${'c_ '.repeat(30_000)}`,
    brackets: '['.repeat(150_000),
    links: '[a](x "'.repeat(30_000),
    nested: `${'['.repeat(30_000)}${'](x)'.repeat(30_000)}`,
    comments: '<!--'.repeat(50_000),
    tags: '<a '.repeat(60_000),
    backticks: Array.from({ length: 600 }, (_, length) => '`'.repeat(length)).join(' '),
    quotes: '> '.repeat(80_000),
    lists: Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
    fences: '```\nx\n'.repeat(20_000),
  }
  for (const [name, markdown] of Object.entries(hostile))
    it(`stays quick on hostile ${name}`, () => {
      const startedAt = performance.now()
      renderMarkdown(markdown)
      expect(performance.now() - startedAt).toBeLessThan(2000)
    })
})
