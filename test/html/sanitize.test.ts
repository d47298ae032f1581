import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/domain/app-error.ts'
import { sanitizeHtml } from '../../src/html/sanitize.ts'
import { forbiddenIn } from './forbidden-markup.ts'

const BASE = 'https://blog.example/2025/03/post.html'

function table(cases: readonly (readonly [name: string, html: string, expected: string])[]): void {
  for (const [name, html, expected] of cases) it(name, () => expect(sanitizeHtml(html, BASE)).toBe(expected))
}

describe('sanitizeHtml: what stays', () => {
  table([
    [
      'keeps text elements and drops their attributes',
      '<p class="x" id="y" style="color:red" onclick="z()">あ<em>い</em></p>',
      '<p>あ<em>い</em></p>',
    ],
    ['keeps ruby', '<ruby lang="ja">架<rp>(</rp><rt>か</rt><rp>)</rp></ruby>', '<ruby lang="ja">架<rp>(</rp><rt>か</rt><rp>)</rp></ruby>'],
    [
      'keeps tables with their spans',
      '<table border="1"><tr><td colspan="2" bgcolor="red">a</td></tr></table>',
      '<table><tr><td colspan="2">a</td></tr></table>',
    ],
    ['writes void elements the way XML wants them', 'a<br>b<hr>', 'a<br />b<hr />'],
    ['closes what is open', '<ul><li>a<li><b>b', '<ul><li>a</li><li><b>b</b></li></ul>'],
    ['leaves the content of unknown elements', '<font color="red">a</font><blink>b</blink>', 'ab'],
    [
      'replaces old elements by those of the same effect',
      '<center>a</center><strike>b</strike><tt>c</tt>',
      '<div>a</div><s>b</s><code>c</code>',
    ],
    ['writes named entities as characters', 'a&nbsp;b &amp; &lt;c&gt; &copy;', 'a\u00A0b &amp; &lt;c&gt; ©'],
    ['keeps an empty alternative text', '<img src="https://i.example/a.png" alt="">', '<img src="https://i.example/a.png" alt="" />'],
    [
      'orders attributes by element, not by author',
      '<img height="2" alt="x" src="/a.png" width="3">',
      '<img src="https://blog.example/a.png" alt="x" width="3" height="2" />',
    ],
    ['keeps the number a list starts with', '<ol start="3" type="a"><li>x</li></ol>', '<ol start="3"><li>x</li></ol>'],
    ['keeps line ends as XML reads them', '<pre>a\r\nb\rc&#13;</pre>', '<pre>a\nb\nc\n</pre>'],
  ])
})

describe('sanitizeHtml: addresses', () => {
  table([
    [
      'resolves links and images',
      '<a href="../x"><img src="y.png"></a>',
      '<a href="https://blog.example/2025/x"><img src="https://blog.example/2025/03/y.png" /></a>',
    ],
    ['makes addresses without scheme https', '<a href="//a.example/">x</a>', '<a href="https://a.example/">x</a>'],
    ['keeps mailto links', '<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
    ['drops links of other schemes', '<a href="ftp://a.example/">x</a>', '<a>x</a>'],
    [
      'adds rel where the link had a target',
      '<a href="https://a.example/" target="_blank" rel="nofollow">x</a>',
      '<a href="https://a.example/" rel="noopener noreferrer">x</a>',
    ],
    [
      'keeps small images in the document itself',
      '<img src="data:image/png;base64,AAAA" width="9">',
      '<img src="data:image/png;base64,AAAA" width="9" />',
    ],
    ['removes other data', '<img src="data:image/svg+xml;base64,AAAA">a<img src="data:text/html,x">', 'a'],
    [
      'resolves candidates',
      '<picture><source srcset="a.webp 2x" type="image/webp"><img src="a.png"></picture>',
      '<picture><source srcset="https://blog.example/2025/03/a.webp 2x" type="image/webp" /><img src="https://blog.example/2025/03/a.png" /></picture>',
    ],
  ])
  it('drops relative addresses where there is no base', () => {
    expect(sanitizeHtml('<a href="/x" title="t">a</a><img src="y.png"><blockquote cite="z">b</blockquote>')).toBe(
      '<a title="t">a</a><blockquote>b</blockquote>',
    )
  })
})

describe('sanitizeHtml: what feeds add', () => {
  table([
    [
      'removes images of one pixel',
      'a<img src="https://t.example/x" width="1" height="1">b<img src="/y" style="width:1px; height: 1px">',
      'ab',
    ],
    ['removes hidden images', 'a<img src="/y" style="display:none">', 'a'],
    [
      'removes known counters',
      '<img src="http://feeds.feedburner.com/~r/x/~4/y"><img src="https://stats.wordpress.com/b.gif?x"><img src="//ad.doubleclick.net/x">',
      '',
    ],
    [
      'keeps thin rules',
      '<img src="/rule.png" width="400" height="1">',
      '<img src="https://blog.example/rule.png" width="400" height="1" />',
    ],
    [
      'removes FeedBurner’s sharing links',
      '<p>a</p><div class="feedflare"><a href="x"><img src="y"></a> <div>z</div></div><p>b</p>',
      '<p>a</p><p>b</p>',
    ],
    ['leaves a line break of an empty separator', 'a<div class="separator" style="clear: both;"><span><br></span></div>b', 'a<br />b'],
    ['takes a separator with only a counter for empty', '<div class="separator"><img src="/x" width="0" height="0"></div>', '<br />'],
    [
      'keeps separators with content',
      '<div class="separator"><a href="/l"><img src="/p.jpg"></a></div>',
      '<div><a href="https://blog.example/l"><img src="https://blog.example/p.jpg" /></a></div>',
    ],
    ['removes nested empty separators once', '<div class="separator"><div class="separator"></div></div>', '<br />'],
  ])
})

describe('sanitizeHtml: what goes with its content', () => {
  for (const element of ['script', 'style', 'iframe', 'form', 'svg', 'math', 'noscript', 'template', 'textarea', 'select'])
    it(`drops ${element}`, () => expect(sanitizeHtml(`a<${element}><p>x</p></${element}>b`)).toBe('ab'))
})

describe('sanitizeHtml: objects', () => {
  table([
    [
      'leave what they hold for those who cannot show them',
      'a<object data="x.swf"><param name="b" value="c"><embed src="x.swf"><img src="/p.png"></object>b',
      'a<img src="https://blog.example/p.png" />b',
    ],
    ['do not take the rest with them where they are not closed', 'a<object data="x"><p>b</p>', 'a<p>b</p>'],
    ['hide no script', 'a<object><script>x</script><p onclick="y()">b</p></object>', 'a<p>b</p>'],
  ])
})

describe('sanitizeHtml: limits', () => {
  it('accepts 250 levels', () => {
    expect(sanitizeHtml(`${'<div>'.repeat(250)}x${'</div>'.repeat(250)}`)).toContain('x')
  })
  it('refuses 200,000 levels at once', () => {
    const startedAt = performance.now()
    expect(() => sanitizeHtml('<div>'.repeat(200_000))).toThrow(expect.objectContaining({ code: 'entry-unrenderable' }))
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
  it('does not take elements without end tags for depth', () => {
    expect(sanitizeHtml('<p>x'.repeat(1000))).toBe('<p>x</p>'.repeat(1000))
  })
  const long: readonly (readonly [name: string, html: string])[] = [
    ['unfinished tags', 'a<p '.repeat(75_000)],
    ['counters', 'a<img width=1 height=1>'.repeat(20_000)],
    ['candidates', `<img src="/a" srcset="${',x '.repeat(100_000)}">`],
    ['comments in addresses', `<a href="mailto:${'<!--x-->'.repeat(50_000)}">x</a>`],
    ['attributes', `<a ${Array.from({ length: 50_000 }, (_, index) => `a${index}=x`).join(' ')}>x</a>`],
  ]
  for (const [name, html] of long)
    it(`takes linear time for ${name}`, () => {
      const startedAt = performance.now()
      sanitizeHtml(html, BASE)
      expect(performance.now() - startedAt).toBeLessThan(2000)
    })
  it('drops characters that XML forbids, also as references', () => {
    expect(sanitizeHtml('a\u0000b&#1;c\uD800d\uFFFEe&#xFFFF;<b\u0001>f𠮷')).toBe('abcde<b>f𠮷</b>')
  })
})

const evenly = [
  '<p>',
  '<div>',
  '<a href="/x" target>',
  '<b>',
  '<font>',
  '<table>',
  '<td>',
  '<li>',
  '<ul>',
  '<svg>',
  '<math>',
  '<style>',
  '<noscript>',
]
const endings = [
  '</p>',
  '</div>',
  '</a>',
  '</b>',
  '</font>',
  '</table>',
  '</td>',
  '</li>',
  '</ul>',
  '</svg>',
  '</math>',
  '</style>',
  '</noscript>',
]
const oddities = [
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<',
  '>',
  '"',
  "'",
  '=',
  '&',
  '&lt;',
  '&#106;',
  '\u0000',
  '\uD800',
  '\r',
  '<title>',
  '</title>',
]
const images = [
  '<img src=x onerror=alert(1)>',
  '<img src="/a" srcset="b 1x, javascript:c 2x,, d">',
  '<div class=separator>',
  '<div class=feedflare>',
  '<image href=x>',
]
const links = [
  '<a href="java\tscript:x">',
  '<a href=`x`>',
  '<section>',
  '<iframe srcdoc="',
  '<select>',
  '<option>',
  '<textarea>',
  '<plaintext>',
  '<h1>',
  '<ruby><rt>',
]
const markup = fc
  .array(fc.oneof(fc.constantFrom(...evenly, ...endings, ...oddities, ...images, ...links), fc.string({ maxLength: 5 })), { maxLength: 30 })
  .map(parts => parts.join(''))
const anything = fc.oneof(markup, fc.string({ unit: 'binary' }))

describe('sanitizeHtml: for any input', () => {
  it('lets nothing through that is not allowed', () => {
    fc.assert(
      fc.property(anything, html => {
        expect(forbiddenIn(sanitizeHtml(html, BASE))).toEqual([])
      }),
      { numRuns: 600 },
    )
  })
  it('changes nothing when applied again, with or without the base', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(undefined, BASE), (html, base) => {
        const once = sanitizeHtml(html, base)
        expect(sanitizeHtml(once, base)).toBe(once)
        expect(sanitizeHtml(once)).toBe(once)
      }),
      { numRuns: 600 },
    )
  })
  it('gives well-formed XML', () => {
    fc.assert(
      fc.property(anything, html => {
        expect(xmlErrors(`<div>${sanitizeHtml(html, BASE)}</div>`)).toEqual([])
      }),
      { numRuns: 600 },
    )
  })
  it('throws nothing but AppError', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...evenly, ...endings), { minLength: 200, maxLength: 600 }), parts => {
        try {
          sanitizeHtml(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 30 },
    )
  })
})

const BLOGGER = '../shared/data/blogger/SYNTHETIC-ja-label-feed.atom'
if (!existsSync(BLOGGER)) console.log(`skipped: ${BLOGGER} is not here`)

describe.skipIf(!existsSync(BLOGGER))('sanitizeHtml: a Blogger feed', () => {
  it('keeps the text and the links of its bodies', () => {
    const bodies = [...readFileSync(BLOGGER, 'utf8').matchAll(/<content type='html'>([^<]*)</g)].map(([, body = '']) => unescaped(body))
    expect(bodies).toHaveLength(3)
    for (const body of bodies) {
      const clean = sanitizeHtml(body)
      expect(clean).toContain('<a href="https://')
      expect(clean.replace(/<[^>]*>/g, '')).toBe(body.replace(/<[^>]*>/g, '').replaceAll('&nbsp;', '\u00A0'))
    }
  })
})

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function xmlErrors(document: string): readonly string[] {
  const errors: string[] = []
  const parser = new SaxesParser()
  parser.on('error', error => errors.push(error.message))
  parser.write(document).close()
  return errors
}
