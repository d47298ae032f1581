import { describe, expect, it } from 'vitest'
import { sanitizeHtml } from '../../src/html/sanitize.ts'
import { forbiddenIn } from './forbidden-markup.ts'

const ATTACKS: readonly (readonly [name: string, html: string])[] = [
  ['a script', '<script>alert(1)</script>'],
  ['a script within a torn script', '<scr<script>ipt>alert(1)</scr</script>ipt>'],
  ['a script whose end tag has junk', '<script>alert(1)</script foo="><img src=x onerror=alert(1)>">'],
  ['a script with a slash for a space', '<script/src="https://e.example/x.js"></script>'],
  ['a handler', '<img src="https://e.example/x" onerror="alert(1)">'],
  ['a handler in capitals with slashes', '<IMG/SRC=https://e.example/x/OnErRoR=alert(1)>'],
  ['a handler after a torn quote', '<img """><script>alert(1)</script>"\' onload=alert(1)>'],
  ['a handler on an allowed element', '<details open ontoggle=alert(1)><summary>x</summary></details>'],
  ['a handler on body', '<body onload=alert(1)>x'],
  ['a javascript link', '<a href="javascript:alert(1)">x</a>'],
  ['a javascript link in mixed case with spaces', '<a href="  JaVaScRiPt:alert(1)">x</a>'],
  ['a javascript link with a tab', '<a href="java\tscript:alert(1)">x</a>'],
  ['a javascript link with a line end as a reference', '<a href="java&#10;script:alert(1)">x</a>'],
  [
    'a javascript link in decimal references without semicolons',
    '<a href="&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)">x</a>',
  ],
  ['a javascript link in hexadecimal references', '<a href="&#x6A;avascript&colon;alert(1)">x</a>'],
  ['a javascript link behind a control character', '<a href="\u0001javascript:alert(1)">x</a>'],
  ['a javascript link with a null character', '<a href="java\u0000script:alert(1)">x</a>'],
  ['a javascript link with a comment', '<a href="java<!-- -->script:alert(1)">x</a>'],
  ['a javascript link as an image', '<img src="javascript:alert(1)">'],
  ['a vbscript link', '<a href="vbscript:msgbox(1)">x</a>'],
  ['a data link', '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>'],
  ['a data image that is a document', '<img src="data:text/html,<script>alert(1)</script>">'],
  ['a data image that is SVG', '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">'],
  ['a data image with something after it', '<img src="data:image/png;base64,AAAA&quot; onerror=alert(1) x=&quot;">'],
  ['a blob link', '<a href="blob:https://e.example/x">x</a>'],
  ['a javascript candidate', '<img src="https://e.example/x" srcset="javascript:alert(1) 2x, data:text/html,x 3x">'],
  ['a javascript source', '<picture><source srcset="javascript:alert(1)"><img src="https://e.example/x"></picture>'],
  ['an SVG with a handler', '<svg onload=alert(1)>'],
  ['an SVG with a script', '<svg><script>alert(1)</script></svg>'],
  ['an SVG that animates a link', '<svg><a><animate attributeName=href values=javascript:alert(1) /><text>x</text></a></svg>'],
  ['an SVG that uses another', '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)/>#x"/></svg>'],
  ['an SVG with HTML in a foreign object', '<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>'],
  ['a mutation through SVG and style', '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">'],
  ['a mutation through MathML', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">'],
  ['a mutation through nested forms', '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>'],
  ['a mutation through noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
  ['a mutation through a textarea', '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>'],
  ['a mutation through a title', '<title><p title="</title><script>alert(1)</script>">'],
  ['a mutation through a template', '<template><img src=x onerror=alert(1)></template>'],
  ['a mutation through xmp and plaintext', '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp><plaintext><script>alert(1)</script>'],
  ['a mutation through a comment that ends early', '<!--><img src=x onerror=alert(1)>-->'],
  ['a mutation through a comment with a bang', '<!-- --!><img src=x onerror=alert(1)> -->'],
  ['a mutation through CDATA', '<![CDATA[><img src=x onerror=alert(1)>]]>'],
  ['a mutation through a processing instruction', '<?xml ><img src=x onerror=alert(1)> ?>'],
  ['markup that appears once characters are dropped', '<\u0000script>alert(1)</script><img src=https://e.example/ o\u0001nerror=alert(1)>'],
  ['markup in references', '&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;'],
  ['an iframe', '<iframe src="https://e.example/" srcdoc="<script>alert(1)</script>"></iframe>'],
  ['markup within an iframe', '<iframe><img src=x onerror=alert(1)></iframe>'],
  ['an object and an embed', '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'],
  ['a base', '<base href="https://e.example/"><a href="x">x</a>'],
  ['a style sheet', '<link rel="stylesheet" href="https://e.example/x.css"><style>@import "https://e.example/x.css";</style>'],
  ['a style attribute', '<p style="background:url(javascript:alert(1));position:fixed;width:expression(alert(1))">x</p>'],
  [
    'a form that sends elsewhere',
    '<form action="https://e.example/"><input name=password autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">x</button></form>',
  ],
  ['an id that shadows the page’s own', '<a id="document" name="cookie" href="https://e.example/">x</a>'],
  ['a media element', '<video poster="javascript:alert(1)"><source src=x onerror=alert(1)></video><audio src=x onerror=alert(1)>'],
  ['an old background', '<table background="javascript:alert(1)"><td background="javascript:alert(1)">x'],
  ['an attribute from the prototype', '<p __proto__="x" constructor="y" onclick="alert(1)">x</p>'],
  ['an attribute with a quote in its name', '<p title"onclick=alert(1)//="x">x</p>'],
  ['a backquoted attribute', '<img src=`https://e.example/`onerror=alert(1)`>'],
  ['an XML namespace', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'],
]

describe('sanitizeHtml under attack', () => {
  for (const [name, html] of ATTACKS)
    it(`disarms ${name}`, () => {
      expect(forbiddenIn(sanitizeHtml(html))).toEqual([])
      expect(forbiddenIn(sanitizeHtml(html, 'https://blog.example/'))).toEqual([])
    })

  it('knows an attack when it sees one', () => {
    const caught = ATTACKS.filter(([, html]) => forbiddenIn(html).length > 0)
    expect(caught.length).toBeGreaterThan(ATTACKS.length * 0.9)
  })
})
