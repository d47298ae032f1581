import { describe, expect, it } from 'vitest'
import { brokenIntoParagraphs } from '../../../src/posts/import/paragraphs.ts'

const cases: readonly [name: string, html: string, expected: string][] = [
  ['makes paragraphs between blank lines', '一\n\n二', '<p>一</p>\n<p>二</p>'],
  ['keeps single line ends as breaks', '一\n二', '<p>一<br>\n二</p>'],
  ['does not wrap block elements', '一\n\n<ul>\n<li>二</li>\n</ul>', '<p>一</p>\n<ul>\n<li>二</li>\n</ul>'],
  ['leaves preformatted text alone', '一\n\n<pre>a\n\nb</pre>\n\n二', '<p>一</p>\n<pre>a\n\nb</pre>\n<p>二</p>'],
  ['leaves text with paragraphs of its own alone', '<p>一</p>\n\n二', '<p>一</p>\n\n二'],
  ['leaves the blocks of the WordPress editor alone', '<!-- wp:html -->\n一', '<!-- wp:html -->\n一'],
  ['leaves text without line ends alone', '一', '一'],
]

describe('brokenIntoParagraphs', () => {
  for (const [name, html, expected] of cases) it(name, () => expect(brokenIntoParagraphs(html)).toBe(expected))

  it('takes time in proportion to the text', () => {
    const startedAt = performance.now()
    brokenIntoParagraphs('\n<pre '.repeat(100_000))
    brokenIntoParagraphs('\n<pre x></pre>'.repeat(100_000))
    brokenIntoParagraphs('\n \t'.repeat(300_000))
    expect(performance.now() - startedAt).toBeLessThan(3_000)
  })
})
