import fc from 'fast-check'
import { ALLOWED_ELEMENTS, DROPPED_WITH_CONTENT, STAND_INS } from '../../src/html/allowed-markup.ts'

/** An address that documents with relative addresses are read against. */
export const BASE = 'https://blog.example.jp/2025/03/post.html'

const ODD_ELEMENTS = ['font', 'object', 'input', 'body', 'html', 'dialog', 'foreignObject', 'mtext', 'image', 'slot', 'x-y', 'svg:a', 'a:b']
const ELEMENTS = [...ALLOWED_ELEMENTS, ...ALLOWED_ELEMENTS, ...STAND_INS.keys(), ...DROPPED_WITH_CONTENT, ...ODD_ELEMENTS]

const ATTRIBUTES = [
  ...[
    'href',
    'src',
    'srcset',
    'title',
    'alt',
    'lang',
    'dir',
    'width',
    'height',
    'colspan',
    'start',
    'datetime',
    'cite',
    'rel',
    'type',
    'media',
  ],
  ...[
    'target',
    'style',
    'class',
    'id',
    'onclick',
    'OnError',
    'formaction',
    'srcdoc',
    'xlink:href',
    'xmlns',
    'is',
    '__proto__',
    'constructor',
  ],
  ...['HREF', 'tit\u0000le', 'hre\u0001f', 'ti"tle', "a'b", '<b', '=', '`'],
]

const VALUES = [
  ...[
    '',
    ' ',
    '1',
    '0',
    '1px',
    '100%',
    '-3',
    'ja',
    'en_US',
    'rtl',
    '_blank',
    'noopener noreferrer',
    'image/webp',
    '(min-width: 3px)',
    '2025-03-12',
  ],
  ...[
    '/a?b=1&amp;c=&lt;2',
    '/a?b=1&c=2',
    'https://a.example',
    'https://a.example/ b',
    '//h/%zz',
    '\\\\h\\x',
    'https:h',
    '?q',
    '#x',
    'mailto:a"b@c',
  ],
  ...[
    'javascript:alert(1)',
    'java&#x09;script:x',
    'java\tscript:x',
    '\u0001javascript:x',
    '&#106;avascript:x',
    'JAVASCRIPT&colon;x',
    'ftp://x/',
  ],
  ...[
    'data:text/html,x',
    'data:image/png;base64,AA AA==',
    'data:image/svg+xml;base64,AAAA',
    'https://a.example/?q="\'<b>',
    'https://日本.example/',
  ],
  ...[
    'a 1x, b 2x',
    'a,b,c',
    ',a,,',
    'javascript:x 1x',
    'https://a.example/a,b.png 100w',
    'a.png (x 1x, y) 2x',
    'https://pixel.wp.com/g.gif',
  ],
  ...[
    '&',
    '&amp;amp;',
    '&lt;script&gt;',
    '<script>',
    '>',
    '&#34;',
    '&#1;',
    '&#xD800;',
    '&nbsp;',
    '&notit;',
    '"',
    "'",
    '\u00a0題',
    '\ud800',
    '\ufffe',
  ],
  ...['display:none', 'width:1px;height:1px', 'separator', 'feedflare', '--!>', ']]>', '</p>', '\r\n', 'a\nb', 'x\u0000y', '&#10;'],
]

const TEXTS = [
  '',
  '米国',
  ' ',
  '\n',
  'a',
  '&amp;lt;',
  '&',
  '<',
  '>',
  '"',
  '&lt;',
  '&nbsp;',
  '&ltx',
  '&#0;',
  '&#60;b&#62;',
  '\u0001',
  '\ud800',
  '\r\n',
  '\u{1F600}',
]

const JUNK = [
  ...[
    '<!',
    '<?',
    '</',
    '</ ',
    '<!--',
    '-->',
    '--!>',
    '<!-->',
    '<!--x--!>',
    '<![CDATA[',
    ']]>',
    '<![CDATA[<b>]]>',
    '<!DOCTYPE html>',
    '<?php "<b>" ?>',
  ],
  ...['<a href="', '<b ', '<p/', '< b>', '<3', '</x', '</br>', '</p x="', '</script/', '</p/>', '<\u0000b>', '<b\u0000>', '<plaintext>'],
]

const SPACES = [' ', ' ', ' ', '\t', '\n', '\f', '\r\n', '\v', '/', '', '\u0000', '\u00a0', '  ']

const attribute = fc
  .tuple(
    fc.constantFrom(...SPACES),
    fc.constantFrom(...ATTRIBUTES),
    fc.constantFrom('="', '="', '="', "='", '=', ' = "', ''),
    fc.constantFrom(...VALUES),
  )
  .map(([space, name, opening, value]) => `${space}${name}${opening}${opening === '' ? '' : value}${/["']$/.exec(opening)?.[0] ?? ''}`)

const attributes = fc.array(attribute, { maxLength: 3 }).map(all => all.join(''))

function pieceOf(element: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const written = fc.tuple(element, fc.constantFrom('', '', '', 'upper')).map(([name, form]) => (form === '' ? name : name.toUpperCase()))
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(written, fc.oneof(fc.constant(''), attributes), fc.constantFrom('', '', '', '/', ' /'))
        .map(([name, all, end]) => `<${name}${all}${end}>`),
    },
    { weight: 5, arbitrary: fc.tuple(written, fc.constantFrom('', '', '', ...SPACES)).map(([name, end]) => `</${name}${end}>`) },
    { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
    { weight: 1, arbitrary: fc.constantFrom(...JUNK) },
  )
}

/**
 * HTML as nobody should write it: a few elements opened and closed in any order, with attributes and pieces of markup that
 * sanitisers and browsers have been known to read differently.
 */
export const hostileMarkup: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...ELEMENTS), { minLength: 1, maxLength: 5, size: 'max' })
  .chain(elements => fc.array(pieceOf(fc.constantFrom(...elements)), { maxLength: 30, size: 'max' }))
  .map(pieces => pieces.join(''))
