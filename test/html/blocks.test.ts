import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf, linksOf } from '../../src/html/blocks.ts'

const texts = (html: string): readonly string[] => blocksOf(html).map(({ text }) => text)

function tableOfTexts(cases: readonly (readonly [name: string, html: string, expected: readonly string[]])[]): void {
  for (const [name, html, expected] of cases) it(name, () => expect(texts(html)).toEqual(expected))
}

describe('blocksOf: where text is divided', () => {
  tableOfTexts([
    ['divides at paragraphs', '<p>一つ目。</p><p>二つ目。</p>', ['一つ目。', '二つ目。']],
    ['divides at one br and at two', 'あ<br>い<br /><br />う', ['あ', 'い', 'う']],
    ['reads a stray end tag of br as a br, as browsers do', 'あ</br>い', ['あ', 'い']],
    ['divides at separators and drops the empty ones', '<div class="separator"><br></div>あ<div class="separator">い</div>', ['あ', 'い']],
    ['divides at table cells, closed or not', '<table><tr><td>a</td><td>b<tr><th>c</table>d', ['a', 'b', 'c', 'd']],
    ['adds no space at inline elements', '米<b>国</b><i>務</i><span>省</span><a href="/">は</a>', ['米国務省は']],
    ['divides lines of a text without markup', '一行目。\n二行目。\r\n\r\n三行目。', ['一行目。', '二行目。', '三行目。']],
    ['takes a lone less-than sign for no markup', '1 < 2\n3 & 4', ['1 < 2', '3 & 4']],
    ['keeps text outside of any element', 'あ<p>い</p>う', ['あ', 'い', 'う']],
    ['gives nothing for nothing', ' <p>&nbsp;</p><div><br></div><p>\u3000</p>\u200B', []],
  ])
})

describe('blocksOf: white space', () => {
  tableOfTexts([
    ['collapses spaces, tabs and line ends', '<p>  The\t \n National   Interest </p>', ['The National Interest']],
    ['drops a line end between two Japanese characters', '<p>東京\n  大阪、\n京都</p>', ['東京大阪、京都']],
    ['makes a space of a line end beside other scripts', '<p>東京\nTokyo\n大阪\nand\nKyoto</p>', ['東京 Tokyo 大阪 and Kyoto']],
    ['keeps a space between two Japanese characters', '<p>山田 太郎</p>', ['山田 太郎']],
    ['trims NBSP and ideographic spaces', '<p>\u3000&nbsp;米国は\u3000</p>', ['米国は']],
    ['keeps an ideographic space within as a space', '<p>山田\u3000太郎</p>', ['山田 太郎']],
    ['keeps NBSP within as a space', '<p>March 14, 2025&nbsp; By</p>', ['March 14, 2025 By']],
    ['drops zero width spaces and soft hyphens', '<p>foreign\u200B pol&shy;icy</p>', ['foreign policy']],
    ['keeps lines and indentation of preformatted text', '<pre>\n  a\n\n   b<br>c  \n</pre>', ['  a\n\n   b\nc']],
    ['drops characters that XML forbids', '<p>a\u0001b&#2;c\uFFFE</p>', ['abc']],
  ])
})

describe('blocksOf: what is text', () => {
  tableOfTexts([
    ['decodes entities', '<p>AT&amp;T &ldquo;x&rdquo; &#x7C73;&#22269; &copy</p>', ['AT&T “x” 米国 ©']],
    ['drops scripts and styles', 'あ<script>if (a<b) "</p>"</script><style>p{}</style>い', ['あい']],
    [
      'drops head, template, noscript and iframe',
      '<head><title>t</title></head><template>x</template><noscript><p>n</p></noscript>あ<iframe>f</iframe>',
      ['あ'],
    ],
    ['finds the body where the head is not closed', '<html><head><title>t</title><body>あ', ['あ']],
    ['drops svg, also with elements that close themselves', '<svg><style/><title/><text>x</text></svg>あ', ['あ']],
    ['drops comments and declarations', '<!doctype html><!-- x --><![CDATA[y]]>あ<!-- -- >', ['あ']],
    ['takes no text from images', '<p>あ<img alt="図" title="図">い</p>', ['あい']],
    ['keeps the base of ruby', '<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>です</p>', ['漢字です']],
    ['keeps the base of ruby whose end tags are left out', '<p><ruby><rb>架<rt>か<rb>橋<rt>きょう</ruby>です</p>', ['架橋です']],
    ['drops the sharing links FeedBurner adds', '<p>あ</p><div class="feedflare"><a href="x">Tweet</a><div>y</div></div>い', ['あ', 'い']],
  ])
})

describe('blocksOf: drop caps', () => {
  const joined: readonly (readonly [html: string, expected: string])[] = [
    ['<span style="float:left; font-size:40px">3</span>&nbsp;月11日、米国は', '3月11日、米国は'],
    ['<span class="dropcap">批</span> 評家は', '批評家は'],
    ['<p>&nbsp;<span class="firstletter">朝 </span>鮮民主主義は</p>', '朝鮮民主主義は'],
    ['<font size="6">1</font> 1月3日、', '11月3日、'],
    ['<span class="drop-cap">A</span> 社は', 'A社は'],
    ['<span style="float: left"><b>米</b></span>\n国務省は', '米国務省は'],
    ['3 月11日、米国とウクライナは', '3月11日、米国とウクライナは'],
    ['５ 人の専門家は', '５人の専門家は'],
    ['\u00A0 批 評家は', '批評家は'],
    ['<p>朝 鮮民主主義</p>', '朝鮮民主主義'],
    ['ボ ーイングは', 'ボーイングは'],
  ]
  for (const [html, expected] of joined) it(`joins ${html}`, () => expect(texts(html)).toEqual([expected]))

  const apart: readonly string[] = ['A 社は増産する', '1 本稿の目的', '■ 見出し', 'I think so', '米国 政府は', '10 月に', 'F 35は']
  for (const text of apart) it(`leaves ${text}`, () => expect(texts(text)).toEqual([text]))

  it('leaves a styled word and a styled Latin letter before Latin', () => {
    expect(texts('<span class="dropcap">米国</span> 政府')).toEqual(['米国 政府'])
    expect(texts('<span class="dropcap">A</span> nation')).toEqual(['A nation'])
  })
  it('leaves headings and later paragraphs', () => {
    expect(texts('<h2>序 説明</h2>')).toEqual(['序 説明'])
    expect(texts('一\n二\n三\n中 国は')).toEqual(['一', '二', '三', '中 国は'])
  })
  it('joins below a caption', () => {
    expect(texts('<figcaption>写真</figcaption><p>中 国は</p>')).toEqual(['写真', '中国は'])
  })
})

describe('blocksOf: kinds', () => {
  const cases: readonly (readonly [html: string, kinds: readonly string[]])[] = [
    ['<h2>a</h2><p>b</p>', ['heading', 'paragraph']],
    ['<ul><li>a<li>b<ul><li>c</ul>d</ul>e', ['list-item', 'list-item', 'list-item', 'list-item', 'paragraph']],
    ['<blockquote><p>a</p><div>b</div></blockquote>c', ['quote', 'quote', 'paragraph']],
    ['<pre>a</pre>', ['preformatted']],
    ['<figure><img><figcaption>a</figcaption></figure>', ['caption']],
    ['<table><caption>a</caption><tr><td>b</td></tr></table>', ['caption', 'cell']],
    ['<table><tr><td class="tr-caption">a</td></tr></table>', ['caption']],
    ['<h2>a<p>b</h2>', ['heading', 'heading']],
  ]
  for (const [html, kinds] of cases) it(`knows ${html}`, () => expect(blocksOf(html).map(({ kind }) => kind)).toEqual(kinds))
})

describe('blocksOf: links', () => {
  it('resolves links and gives their text', () => {
    const html = '<p>■ <a href="/2025/03/x">America’s\n<i>Strategy</i></a> と <a href="//b.example/y">b</a></p>'
    expect(blocksOf(html, 'https://a.example/blog/')[0]?.links).toEqual([
      { href: 'https://a.example/2025/03/x', text: 'America’s Strategy' },
      { href: 'https://b.example/y', text: 'b' },
    ])
  })
  it('leaves a link as written where nothing resolves it', () => {
    expect(blocksOf('<a href=" /x ">a</a>')[0]?.links).toEqual([{ href: '/x', text: 'a' }])
  })
  it('gives a link to each block it goes through', () => {
    expect(blocksOf('<a href="https://a.example/"><p>一</p><p>二</p></a>').map(({ links }) => links)).toEqual([
      [{ href: 'https://a.example/', text: '一' }],
      [{ href: 'https://a.example/', text: '二' }],
    ])
  })
  it('ends a link where the next begins', () => {
    expect(blocksOf('<a href="https://a.example/">a<a href="https://b.example/">b')[0]?.links.map(({ text }) => text)).toEqual(['a', 'b'])
  })
  it('takes an anchor without href for no link', () => {
    expect(blocksOf('<a name="x">a</a>')[0]?.links).toEqual([])
  })
})

describe('linksOf', () => {
  it('gives links around images and whole links over several blocks', () => {
    const html = '<div><a href="https://a.example/"><img src="x"></a></div><a href="https://b.example/"><p>一</p><p>二</p></a>'
    expect(linksOf(html)).toEqual([
      { href: 'https://a.example/', text: '' },
      { href: 'https://b.example/', text: '一 二' },
    ])
  })
})

describe('blocksOf: hostile input', () => {
  const cases: readonly (readonly [name: string, html: string, atMostMs: number])[] = [
    ['300 KB of unfinished tags', 'a<p '.repeat(75_000), 1000],
    ['1 MB of less-than signs', '<'.repeat(1_000_000), 1000],
    ['200,000 nested divs', '<div>'.repeat(200_000), 2000],
    ['200,000 nested divs with text and end tags', '<div>x'.repeat(200_000) + '</div>'.repeat(200_000), 2000],
    ['end tags that fit nothing in deep nesting', '<div>'.repeat(100_000) + '</p></section>'.repeat(50_000), 1000],
    ['one link after the other', '<a href=x>y'.repeat(50_000), 1000],
    ['1 MB of line ends', `<p>x${'\n'.repeat(1_000_000)}&nbsp;`, 1000],
    ['1 MB of ampersands', '&'.repeat(1_000_000), 1000],
    ['many drop caps', '<span class=dropcap>x'.repeat(50_000), 1000],
  ]
  for (const [name, html, atMostMs] of cases)
    it(`reads ${name} in linear time`, () => {
      const startedAt = performance.now()
      blocksOf(html)
      expect(performance.now() - startedAt).toBeLessThan(atMostMs)
    })

  const pieces = [
    '<p>',
    '</p>',
    '<a href="x">',
    '</a>',
    '<ruby>',
    '<rt>',
    '</ruby>',
    '<pre>',
    '<svg>',
    '</svg>',
    '<script>',
    '</script>',
    '<li>',
    '<td>',
  ]
  const markup = fc
    .array(
      fc.oneof(fc.constantFrom(...pieces, '<br>', '<h1 class=dropcap>', '<span class=dropcap>', '&', ' ', '\n', '漢', '<'), fc.string()),
    )
    .map(parts => parts.join(''))

  it('never throws and gives trimmed text that is not empty', () => {
    fc.assert(
      fc.property(fc.oneof(markup, fc.string({ unit: 'binary' })), html => {
        for (const { text, kind } of blocksOf(html)) {
          expect(text).not.toBe('')
          if (kind !== 'preformatted') expect(text).toBe(text.trim().replace(/\s+/g, ' '))
        }
      }),
      { numRuns: 500 },
    )
  })
})
