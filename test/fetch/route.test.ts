import { describe, expect, it } from 'vitest'
import { type Route, redirected, routeFrom } from '../../src/fetch/route.ts'

type Hop = readonly [status: number, location: string | undefined]

function travelled(from: string, ...hops: readonly Hop[]) {
  return hops.reduce<ReturnType<typeof routeFrom>>(
    (route, [status, location]) => (route.kind === 'route' ? redirected(route, status, location) : route),
    routeFrom(from),
  )
}

function arrived(from: string, ...hops: readonly Hop[]): Route {
  const route = travelled(from, ...hops)
  if (route.kind === 'failed') throw new Error(route.detail)
  return route
}

describe('routeFrom', () => {
  it('drops userinfo and fragment from the address', () =>
    expect(arrived('https://me:secret@example.org/feed?a=1#top').url.href).toBe('https://example.org/feed?a=1'))

  it('refuses other schemes', () => expect(travelled('file:///etc/passwd')).toMatchObject({ reason: 'refused-address' }))

  it('fails for what is no address', () => expect(travelled('feed.xml')).toMatchObject({ reason: 'client-error' }))
})

describe('redirected', () => {
  const places: readonly [name: string, hops: readonly Hop[], href: string][] = [
    ['follows a relative Location', [[302, '../atom?x=1']], 'https://example.org/atom?x=1'],
    ['follows a Location without scheme', [[302, '//www.example.org/f']], 'https://www.example.org/f'],
    ['goes from https to http', [[302, 'http://example.org/a']], 'http://example.org/a'],
    ['drops userinfo a Location carries', [[302, 'https://a:b@example.com/f#x']], 'https://example.com/f'],
    [
      'reads a Location in raw UTF-8',
      [[301, Buffer.from('/ラベル').toString('latin1')]],
      'https://example.org/%E3%83%A9%E3%83%99%E3%83%AB',
    ],
    ['reads a Location in raw Latin-1', [[301, '/caf\u00e9']], 'https://example.org/caf%C3%A9'],
  ]
  for (const [name, hops, href] of places) it(name, () => expect(arrived('https://example.org/feeds/rss', ...hops).url.href).toBe(href))

  const moves: readonly [name: string, statuses: readonly number[], movedTo: string | undefined][] = [
    ['names the last address of permanent redirects', [301, 308], 'https://example.org/2'],
    ['names the last address before the first temporary redirect', [301, 302, 301], 'https://example.org/1'],
    ['names none when the first redirect is temporary', [307, 301], undefined],
  ]
  for (const [name, statuses, movedTo] of moves)
    it(name, () => {
      const hops = statuses.map((status, index): Hop => [status, `/${index + 1}`])
      expect(arrived('https://example.org/0', ...hops).movedTo).toBe(movedTo)
    })

  const ends: readonly [name: string, hops: readonly Hop[], reason: string][] = [
    ['ends a redirect to itself', [[301, '/0']], 'too-many-redirects'],
    ['ends a redirect to itself with a fragment', [[301, '/0#x']], 'too-many-redirects'],
    [
      'ends a loop',
      [
        [301, '/1'],
        [301, '/0'],
      ],
      'too-many-redirects',
    ],
    ['ends the sixth redirect', ['/1', '/2', '/3', '/4', '/5', '/6'].map((path): Hop => [302, path]), 'too-many-redirects'],
    ['refuses another scheme', [[302, 'gopher://example.org/']], 'refused-address'],
    ['refuses a script', [[302, 'javascript:alert(1)']], 'refused-address'],
    ['fails without Location', [[302, undefined]], 'server-error'],
    ['fails for a Location that is no address', [[302, 'http://[']], 'server-error'],
  ]
  for (const [name, hops, reason] of ends)
    it(name, () => expect(travelled('https://example.org/0', ...hops)).toMatchObject({ kind: 'failed', reason }))

  it('allows five redirects', () =>
    expect(arrived('https://example.org/0', ...['/1', '/2', '/3', '/4', '/5'].map((path): Hop => [302, path])).url.pathname).toBe('/5'))
})
