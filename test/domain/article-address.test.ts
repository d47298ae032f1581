import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { articleAddress, bareHost } from '../../src/domain/article-address.ts'

const same: readonly [name: string, url: string, expected: string][] = [
  ['leaves scheme, www, port, userinfo, fragment and trailing slash out', 'HTTPS://me:pw@WWW.Example.COM:8443/a/b/#top', 'example.com/a/b'],
  ['gives the host alone for a front page', 'http://example.com/', 'example.com'],
  ['keeps the case of the path', 'https://example.com/News/F-35B', 'example.com/News/F-35B'],
  ['takes mobile hosts for the host itself', 'https://m.example.com/a', 'example.com/a'],
  ['takes several leading variants off', 'https://www.amp.example.com./a', 'example.com/a'],
  ['leaves a host that is called like a variant', 'https://m.com/a', 'm.com/a'],
  [
    'drops campaign parameters',
    'https://example.com/a?utm_source=rss&UTM_Medium=x&fbclid=1&at_campaign=2&mc_cid=3&m=1&amp=1',
    'example.com/a',
  ],
  ['keeps a parameter that selects the page', 'https://example.com/?p=12&utm_campaign=x', 'example.com?p=12'],
  ['puts parameters in one order', 'https://example.com/a?page=2&id=7&id=1', 'example.com/a?id=1&id=7&page=2'],
  ['keeps parameters with delimiters in them apart', 'https://example.com/a?x=1%26y%3D2', 'example.com/a?x=1%26y%3D2'],
  ['takes the AMP suffix off', 'https://example.com/a/amp/?outputType=amp', 'example.com/a'],
  ['takes the AMP prefix off', 'https://example.com/amp/a', 'example.com/a'],
  ['takes the AMP extension off', 'https://example.com/a.amp.html', 'example.com/a'],
  ['unwraps the AMP cache', 'https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a?amp_js_v=0.1&usqp=mq33', 'example.com/a'],
  ['unwraps the AMP viewer', 'https://www.google.com/amp/s/www.example.com/a/amp', 'example.com/a'],
  ['takes index files off', 'https://example.com/a/index.html', 'example.com/a'],
  ['takes an index file and AMP off together', 'https://example.com/a/index.php/amp/', 'example.com/a'],
  ['keeps an index that is an article', 'https://example.com/a/index-of-power.html', 'example.com/a/index-of-power.html'],
  ['reads percent-encoding and composes it (NFC)', 'https://example.com/%E3%81%8B%E3%82%99', 'example.com/が'],
  ['keeps an encoded delimiter encoded', 'https://example.com/a%2Fb%3fc%23d%20e%2541', 'example.com/a%2Fb%3Fc%23d%20e%2541'],
  ['lives with broken percent-encoding', 'https://example.com/100%/%E3', 'example.com/100%25/%25E3'],
  ['squeezes repeated slashes', 'https://example.com//a///b', 'example.com/a/b'],
  ['unwraps a search result', 'https://www.google.com/url?q=https://example.com/a%3Fp%3D1&sa=D', 'example.com/a?p=1'],
  ['unwraps a localised search alert', 'https://www.google.co.jp/url?rct=j&url=http://example.com/a&ct=ga', 'example.com/a'],
  ['unwraps a social network', 'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3D1&h=x', 'example.com/a'],
  ['unwraps a referrer hider', 'https://href.li/?https://example.com/a', 'example.com/a'],
  ['keeps a redirector that leads nowhere', 'https://www.google.com/url?q=about', 'google.com/url?q=about'],
  ['takes a blog under any country for the blog', 'https://name.blogspot.co.uk/2014/01/a.html?m=1', 'name.blogspot.com/2014/01/a.html'],
  ['reads IPv6 hosts', 'http://[2001:DB8::1]:8080/a', '[2001:db8::1]/a'],
  ['reads internationalised hosts', 'https://日本.example/a', 'xn--wgv71a.example/a'],
  ['ignores white space around', ' \n https://example.com/a\t', 'example.com/a'],
]

const none: readonly string[] = [
  ...['', ' ', '/a', 'example.com/a', 'mailto:a@example.com', 'javascript:alert(1)', 'ftp://example.com/a', 'https://', 'http://./a'],
  `https://example.com/${'a'.repeat(8_000)}`,
]

describe('articleAddress', () => {
  for (const [name, url, expected] of same) it(name, () => expect(articleAddress(url)).toBe(expected))

  it('gives nothing for what is no web address', () => {
    for (const url of none) expect(articleAddress(url), url).toBeUndefined()
  })

  const moves = [
    { from: 'old.example/zone', to: 'zone.example' },
    { from: 'old.example', to: 'new.example' },
  ]
  const moved: readonly [name: string, url: string, expected: string][] = [
    ['follows the longest move that fits', 'https://www.old.example/zone/1/a?id=3', 'zone.example/1/a?id=3'],
    ['follows a move of the whole host', 'https://old.example/b/', 'new.example/b'],
    ['moves a front page', 'https://old.example/zone/', 'zone.example'],
    ['does not take a longer word for the path prefix', 'https://old.example/zones', 'new.example/zones'],
    ['does not move a host that merely ends alike', 'https://very-old.example/a', 'very-old.example/a'],
  ]
  for (const [name, url, expected] of moved) it(name, () => expect(articleAddress(url, moves)).toBe(expected))

  const part = fc.oneof(
    fc.constantFrom(
      'amp',
      'index.html',
      'a.amp',
      'ｱ',
      'か\u3099',
      '%2F',
      '%3f',
      '%23',
      '%25',
      '%',
      '%E3',
      '%20',
      '%0A',
      '%5C',
      '..',
      '',
      'x y',
      '#',
      '?',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  const host = fc.constantFrom(
    'a.example',
    'www.m.a.example..',
    'b.blogspot.co.jp',
    '[::1]:80',
    '127.0.0.1',
    'www.google.com',
    'x.cdn.ampproject.org',
    '.',
  )
  const query = fc.array(fc.tuple(fc.constantFrom('p', 'q', 'url', 'm', 'utm_x', ''), part), { maxLength: 3 })
  const address = fc
    .tuple(host, fc.array(part, { maxLength: 5 }), query)
    .map(([at, path, pairs]) => `http://${at}/${path.join('/')}?${pairs.map(pair => pair.join('=')).join('&')}`)

  it('gives the same key for its own key as an address', () => {
    fc.assert(
      fc.property(address, url => {
        const key = articleAddress(url)
        if (key !== undefined) expect(articleAddress(`https://${key}`)).toBe(key)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), address), url => void articleAddress(url)))
  })

  it('stays quick on hostile addresses', () => {
    const hostile = ['/amp'.repeat(1_990), '/index.php'.repeat(790), '/a'.repeat(3_990), `?a=${'?'.repeat(7_900)}%0A`, '/%'.repeat(3_900)]
    const startedAt = performance.now()
    for (const tail of hostile) expect(articleAddress(`https://a.example${tail}`)).toBeDefined()
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})

describe('bareHost', () => {
  it('gives the form in which outlets are listed', () => {
    expect(['WWW2.Example.org.', 'mobile.example.org', 'edition.example.org', 'example.org'].map(bareHost)).toEqual(
      Array(4).fill('example.org'),
    )
    expect(bareHost('www.example')).toBe('www.example')
    expect(bareHost('blogspot.jp')).toBe('blogspot.jp')
  })
})

describe('articleAddress, where the short way is taken', () => {
  it('gives what the long way gives', () => {
    const segment = fc.constantFrom(
      'a',
      'A-b_c~d',
      'amp',
      'index.html',
      'index.php',
      'x.amp',
      'x.amp.html',
      '.',
      '..',
      '.hidden',
      'a..b',
      '2024',
      '',
    )
    const host = fc.constantFrom(
      'example.com',
      'www.example.com',
      'm.amp.example.co.uk',
      'x.blogspot.jp',
      'news.google.com',
      'a.cdn.ampproject.org',
      '127.0.0.1',
      '0x7f.1',
      'localhost',
    )
    const end = fc.constantFrom('', '/', '//')
    fc.assert(
      fc.property(host, fc.array(segment, { maxLength: 5 }), end, (name, segments, ending) => {
        const url = `https://${name}${segments.map(part => `/${part}`).join('')}${ending}`
        // Userinfo makes the long way necessary and counts for nothing.
        expect(articleAddress(url)).toBe(articleAddress(url.replace(name, `me@${name}`)))
      }),
      { numRuns: 2_000 },
    )
  })
})
