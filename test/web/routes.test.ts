import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basePathOf, mediaTypeOf, routeOf } from '../../src/web/routes.ts'

const files: readonly [target: string, path: string, type: string, isForReaders: boolean][] = [
  ['/', 'index.html', 'text/html', false],
  ['/en/', 'en/index.html', 'text/html', false],
  ['/ja/?utm_source=x', 'ja/index.html', 'text/html', false],
  ['/style.css', 'style.css', 'text/css', false],
  ['/robots.txt', 'robots.txt', 'text/plain', false],
  ['/.well-known/security.txt', '.well-known/security.txt', 'text/plain', false],
  ['/feeds.opml', 'feeds.opml', 'text/x-opml', true],
  ['/feeds/nato/archive-1.atom', 'feeds/nato/archive-1.atom', 'application/atom+xml', true],
  ['/feeds/nato.atom', 'feeds/nato.atom', 'application/atom+xml', true],
  ['/feeds/nato.rss?x=1#y', 'feeds/nato.rss', 'application/rss+xml', true],
  ['/feeds/nato.json', 'feeds/nato.json', 'application/feed+json', true],
  ['/feeds/%E7%B1%B3%E5%A4%96%E4%BA%A4.atom', 'feeds/米外交.atom', 'application/atom+xml', true],
  ['/feeds/米外交.atom', 'feeds/米外交.atom', 'application/atom+xml', true],
  ['/feeds/%E3%81%8B%E3%82%99.atom', 'feeds/が.atom', 'application/atom+xml', true],
  ['/labels/%E5%8F%B0%E6%B9%BE', 'labels/台湾.html', 'text/html', false],
  ['/labels/node.js', 'labels/node.js.html', 'text/html', false],
  ['/labels/%E5%8F%B0%E6%B9%BE/2025', 'labels/台湾/2025.html', 'text/html', false],
  ['/en/labels/nato/2025-12', 'en/labels/nato/2025-12.html', 'text/html', false],
  ['/entries/0aY6AiRqVdFR_jjIp1dz-p', 'entries/0aY6AiRqVdFR_jjIp1dz-p.html', 'text/html', false],
  ['/ja/coverage', 'ja/coverage.html', 'text/html', false],
  ['/%2e%2e/../x.txt', 'x.txt', 'text/plain', false],
  ['http://other.example/feeds/nato.atom', 'feeds/nato.atom', 'application/atom+xml', true],
]

const redirects: readonly [target: string, location: string][] = [
  ['/en', './en/'],
  ['/labels/%E5%8F%B0%E6%B9%BE/', '../%E5%8F%B0%E6%B9%BE'],
  ['/feeds/nato.atom/', '../nato.atom'],
]

const refused: readonly string[] = [
  ...['/..%2f..%2fetc/passwd.txt', '/feeds/..%2F..%2Fx.atom', '/....//x.txt', '/feeds/%2e%2e%5cx.atom'],
  ...['/feeds/a%00.atom', '/feeds/a%5c..%5cb.atom', '/feeds/c:x.atom', '/.git/x.txt', '/feeds/.hidden.atom', '/feeds/.nato.atom.1.tmp'],
  ...[
    '/feeds//nato.atom',
    '/x.constructor',
    '/feeds/nato',
    '/feeds/nato.atom.gz',
    '/store.db',
    '/404.html',
    '/_headers',
    '/.well-known/other.txt',
    '/favicon.ico',
    '/feeds/%E7%B1.atom',
    '/%',
    '/feeds/',
    '//',
    '',
  ],
  ...['//other.example/%2f', `/feeds/${'a'.repeat(400)}.atom`, '*', 'http://[', '/labels/a/b', '/labels'],
]

describe('routeOf', () => {
  for (const [target, path, type, isForReaders] of files)
    it(`finds ${path} at ${target}`, () => {
      expect(routeOf(target, '/')).toEqual({ kind: 'file', paths: [path] })
      expect(mediaTypeOf(path)).toEqual({ type: `${type}; charset=utf-8`, isForReaders })
    })

  it('takes an address in .html first for the page of a label of that name', () =>
    expect(routeOf('/en/labels/nato.html', '/')).toEqual({
      kind: 'file',
      paths: ['en/labels/nato.html.html', 'en/labels/nato.html'],
    }))

  for (const [target, location] of redirects)
    it(`sends ${target} to ${location}`, () => expect(routeOf(target, '/')).toEqual({ kind: 'redirect', location }))

  it('names nothing that is hidden, outside or of another type', () => {
    for (const target of refused) {
      const route = routeOf(target, '/')
      expect(
        ['unknown', 'redirect', 'icon'].includes(route.kind) || ('paths' in route && route.paths[0] === 'index.html'),
        `${target}: ${JSON.stringify(route)}`,
      ).toBe(true)
    }
  })

  it('takes the base path off, where a proxy has not', () => {
    for (const target of ['/kakehashi/feeds/a.atom', '/feeds/a.atom'])
      expect(routeOf(target, '/kakehashi/')).toMatchObject({ kind: 'file', paths: ['feeds/a.atom'] })
    expect(routeOf('/kakehashi/', '/kakehashi/')).toMatchObject({ paths: ['index.html'] })
    expect(routeOf('/kakehashi/healthz', '/kakehashi/')).toEqual({ kind: 'health' })
    expect(routeOf('/kakehashi', '/kakehashi/')).toEqual({ kind: 'redirect', location: './kakehashi/' })
    expect(routeOf('/kakehashi/en', '/kakehashi/')).toEqual({ kind: 'redirect', location: './en/' })
    expect(routeOf('/kakehashi//feeds/a.atom', '/kakehashi/')).toEqual({ kind: 'unknown' })
  })

  it('never throws, nor leaves the folder or the site', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '/',
      '//',
      '%00',
      '%E7',
      '米',
      'feeds',
      'labels',
      'en',
      '.atom',
      'a',
      '?',
      '#',
      ':',
      '@',
      'http:',
    )
    const target = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map(pieces => `/${pieces.join('')}`),
      fc.string(),
    )
    fc.assert(
      fc.property(target, text => {
        const route = routeOf(text, '/')
        for (const path of route.kind === 'file' ? route.paths : []) {
          expect(path).toMatch(/^[^/.\\\0][^\\\0]*$/)
          expect(path.split('/').every(segment => segment !== '' && !segment.startsWith('.'))).toBe(true)
        }
        if (route.kind === 'redirect') expect(new URL(route.location, 'http://site.example/a/b').host).toBe('site.example')
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('basePathOf', () => {
  it('gives the path as requests are compared with it', () => {
    expect(['https://a.example/', 'https://a.example/x/', 'https://a.example/%E6%9E%B6%E3%81%91%E6%A9%8B/'].map(basePathOf)).toEqual([
      '/',
      '/x/',
      '/架け橋/',
    ])
    expect(routeOf('/%E6%9E%B6%E3%81%91%E6%A9%8B/feeds/a.atom', basePathOf('https://a.example/架け橋/'))).toEqual({
      kind: 'file',
      paths: ['feeds/a.atom'],
    })
  })
})
