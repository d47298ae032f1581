import type { IncomingMessage } from 'node:http'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { closed, FEED, fetcherFor, NONE, send, serve } from './local-server.ts'

describe('createFetcher', () => {
  describe('a document', () => {
    it('comes with its bytes and what the server says of it', async () => {
      const server = await serve((_, response) =>
        send(response, {
          'content-type': 'application/atom+xml; charset=utf-8',
          'content-location': '/feed.atom',
          link: ['<https://hub.example/>; rel="hub"', '<https://example.org/feed>; rel="self"'],
          'cache-control': ['public', 'max-age=600'],
          expires: 'Thu, 01 Jan 2026 00:10:00 GMT',
          date: 'Thu, 01 Jan 2026 00:00:00 GMT',
          etag: 'W/"a-gzip"',
          'last-modified': 'Wed, 31 Dec 2025 00:00:00 GMT',
        }),
      )
      const outcome = await fetcherFor([server]).fetch({ url: server.url('/feed?key=1#top'), ...NONE })
      expect(outcome).toEqual({
        kind: 'ok',
        url: server.url('/feed?key=1'),
        status: 200,
        bytes: Buffer.from(FEED),
        contentType: 'application/atom+xml; charset=utf-8',
        contentLocation: '/feed.atom',
        linkHeader: '<https://hub.example/>; rel="hub", <https://example.org/feed>; rel="self"',
        freshForMs: 600_000,
        validators: { etag: 'W/"a-gzip"', lastModified: 'Wed, 31 Dec 2025 00:00:00 GMT' },
      })
    })

    it('is asked for politely: who we are, what we read, no cookie, no referrer', async () => {
      const seen: IncomingMessage[] = []
      const server = await serve((request, response) => {
        seen.push(request)
        send(response, { 'set-cookie': 'a=b' })
      })
      const fetcher = fetcherFor([server])
      await fetcher.fetch({ url: server.url(), ...NONE })
      await fetcher.fetch({ url: server.url(), ...NONE })
      expect(seen[1]?.headers).toEqual({
        host: server.host,
        connection: 'keep-alive',
        'user-agent': 'Kakehashi-test/1',
        accept: expect.stringContaining('application/atom+xml, application/rss+xml'),
        'accept-encoding': 'gzip, br, zstd, deflate',
      })
    })

    it('is asked for by other media types where the caller wants them', async () => {
      const server = await serve((request, response) => send(response, {}, request.headers.accept))
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), accept: 'text/html', ...NONE })
      expect(outcome).toMatchObject({ bytes: Buffer.from('text/html') })
    })

    it('is asked for over one connection that is kept for a moment', async () => {
      const server = await serve((_, response) => send(response, { 'content-encoding': 'gzip' }, gzipSync(FEED)))
      const fetcher = fetcherFor([server])
      for (let round = 0; round < 3; round++) expect(await fetcher.fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'ok' })
      expect(server.connections).toHaveLength(1)
    })

    for (const [status, reason] of [
      [200, 'unreadable'],
      [204, 'unreadable'],
      [206, 'server-error'],
    ] as const)
      it(`is missing from an empty ${status}`, async () => {
        const server = await serve((_, response) => send(response, {}, '', status))
        expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'failed', reason })
      })

    it('is unreadable where its gzip is cut short', async () => {
      const server = await serve((_, response) => send(response, { 'content-encoding': 'gzip' }, gzipSync(FEED).subarray(0, 40)))
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toEqual({
        kind: 'failed',
        reason: 'unreadable',
        detail: `${server.host} sent a compressed body that is broken or cut short (Z_BUF_ERROR).`,
      })
    })

    it('is unreachable where the connection breaks in the middle', async () => {
      const server = await serve((_, response) => {
        response.writeHead(200, { 'content-length': '5000' }).write(FEED, () => response.destroy())
      })
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'failed', reason: 'unreachable' })
    })
  })

  describe('credentials in the address', () => {
    it('are sent to their origin, and to no other', async () => {
      const seen: (string | undefined)[] = []
      const other = await serve((request, response) => {
        seen.push(request.headers.authorization)
        send(response)
      })
      const server = await serve((request, response) => {
        seen.push(request.headers.authorization)
        send(response, { location: request.url === '/feed' ? '/feed/' : other.url() }, '', 302)
      })
      const url = server.url().replace('http://', 'http://me:p%40ss@')
      const outcome = await fetcherFor([server, other]).fetch({ url, ...NONE })
      const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
      expect(seen).toEqual([basic, basic, undefined])
      expect(outcome).toMatchObject({ kind: 'ok', url: other.url() })
    })

    it('stay out of every address and sentence that comes back', async () => {
      const server = await serve((request, response) => send(response, {}, FEED, request.url?.startsWith('/gone') ? 410 : 200))
      const fetcher = fetcherFor([server])
      const outcomes = await Promise.all(
        ['/gone?token=hush', '/feed'].map(path =>
          fetcher.fetch({ url: server.url(path).replace('http://', 'http://me:secret@'), ...NONE }),
        ),
      )
      expect(JSON.stringify(outcomes)).not.toMatch(/hush|secret|me:/)
    })
  })

  describe('a conditional request', () => {
    it('sends the validators byte for byte, on every hop', async () => {
      const seen: IncomingMessage['headers'][] = []
      const server = await serve((request, response) => {
        seen.push(request.headers)
        if (request.url === '/old') send(response, { location: '/feed' }, '', 301)
        else send(response, {}, '', 304)
      })
      const validators = { etag: 'W/"caf\u00e9,  \'x\'-gzip"', lastModified: 'yesterday  evening' }
      const outcome = await fetcherFor([server]).fetch({ url: server.url('/old'), validators })
      expect(seen.map(headers => [headers['if-none-match'], headers['if-modified-since']])).toEqual([
        [validators.etag, validators.lastModified],
        [validators.etag, validators.lastModified],
      ])
      expect(outcome).toEqual({ kind: 'not-modified', validators, movedTo: server.url('/feed') })
    })

    it('gives back an ETag with bytes beyond ASCII as it came', async () => {
      const etag = Buffer.from('"版"').toString('latin1')
      const server = await serve((request, response) => {
        if (request.headers['if-none-match'] === etag) send(response, {}, '', 304)
        else send(response, { etag })
      })
      const fetcher = fetcherFor([server])
      const first = await fetcher.fetch({ url: server.url(), ...NONE })
      if (first.kind !== 'ok') throw new Error(first.kind)
      expect(await fetcher.fetch({ url: server.url(), validators: first.validators })).toMatchObject({ kind: 'not-modified' })
    })

    it('takes over what the 304 sends and keeps what it does not', async () => {
      const server = await serve((_, response) => send(response, { etag: '"b"', 'cache-control': 'max-age=60', expires: '0' }, '', 304))
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), validators: { etag: '"a"', lastModified: 'then' } })
      expect(outcome).toEqual({
        kind: 'not-modified',
        validators: { etag: '"b"', lastModified: 'then' },
        freshForMs: 60_000,
      })
    })

    it('fails where a 304 answers a request without validators', async () => {
      const server = await serve((_, response) => send(response, {}, '', 304))
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toEqual({
        kind: 'failed',
        reason: 'server-error',
        detail: `${server.host} answered 304 Not Modified to a request without validators.`,
      })
    })

    it('leaves out a validator that no header can hold', async () => {
      const server = await serve((request, response) => send(response, {}, String(request.headers['if-none-match'])))
      const validators = { etag: '"a"\r\nx-evil: 1', lastModified: '' }
      expect(await fetcherFor([server]).fetch({ url: server.url(), validators })).toMatchObject({ bytes: Buffer.from('undefined') })
    })
  })

  describe('a redirect', () => {
    it('is followed to another server, and a permanent one is reported', async () => {
      const target = await serve((_, response) => send(response))
      const server = await serve((_, response) => send(response, { location: target.url('/new') }, 'Moved', 301))
      const outcome = await fetcherFor([server, target]).fetch({ url: server.url(), ...NONE })
      expect(outcome).toMatchObject({ kind: 'ok', url: target.url('/new'), movedTo: target.url('/new') })
    })

    it('on one server uses one connection', async () => {
      const server = await serve((request, response) =>
        request.url === '/feed' ? send(response, { location: '/new' }, 'Moved', 302) : send(response),
      )
      expect(await fetcherFor([server], { perHost: 1 }).fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'ok' })
      expect(server.connections).toHaveLength(1)
    })

    it('with an endless body is followed over a new connection', async () => {
      const server = await serve((request, response) => {
        if (request.url === '/feed') response.writeHead(302, { location: '/new' }).write(Buffer.alloc(200_000))
        else send(response)
      })
      expect(await fetcherFor([server], { perHost: 1 }).fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'ok' })
    })

    it('in a loop ends', async () => {
      const server = await serve((request, response) => send(response, { location: request.url === '/a' ? '/b' : '/a' }, '', 307))
      const outcome = await fetcherFor([server]).fetch({ url: server.url('/a'), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-many-redirects' })
    })

    it('is followed five times and no more', async () => {
      let requests = 0
      const server = await serve((_, response) => send(response, { location: `/${++requests}` }, '', 302))
      const outcome = await fetcherFor([server]).fetch({ url: server.url('/0'), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-many-redirects' })
      expect(requests).toBe(6)
    })

    it('shares one time limit with those before it', async () => {
      let now = 0
      const server = await serve((request, response) => {
        now += 20_000
        const hop = Number(request.url?.slice(1))
        if (hop < 3) send(response, { location: `/${hop + 1}` }, '', 302)
      })
      const fetcher = fetcherFor([server], { now: () => now, timeoutMs: 60_000 })
      expect(await fetcher.fetch({ url: server.url('/0'), ...NONE })).toMatchObject({ kind: 'failed', reason: 'timeout' })
    })
  })

  describe('closing', () => {
    it('interrupts what runs and what waits, and closes every connection', async () => {
      const { promise: asked, resolve: wasAsked } = Promise.withResolvers<void>()
      const server = await serve((request, response) => (request.url === '/hang' ? wasAsked() : send(response)))
      const fetcher = fetcherFor([server], { perHost: 1 })
      await fetcher.fetch({ url: server.url(), ...NONE })
      const outcomes = ['/hang', '/2', '/3'].map(path => fetcher.fetch({ url: server.url(path), ...NONE }))
      await asked
      await fetcher.close()
      expect((await Promise.all(outcomes)).map(outcome => outcome.kind === 'failed' && outcome.reason)).toEqual(
        Array(3).fill('interrupted'),
      )
      await closed(server)
    })

    it('leaves later fetches interrupted', async () => {
      const server = await serve((_, response) => send(response))
      const fetcher = fetcherFor([server])
      await fetcher.close()
      expect(await fetcher.fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'failed', reason: 'interrupted' })
    })
  })

  it('prints no warning for many fetches under one signal', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const server = await serve((_, response) => send(response, { 'content-encoding': 'zstd' }, zstdCompressSync(Buffer.from(FEED))))
    const fetcher = fetcherFor([server])
    const { signal } = new AbortController()
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => fetcher.fetch({ url: server.url(), ...NONE }, signal)))
    await new Promise(resolve => setImmediate(resolve))
    process.off('warning', onWarning)
    expect(outcomes.map(outcome => (outcome.kind === 'ok' ? text(outcome.bytes) : outcome.kind))).toEqual(Array(60).fill(FEED))
    expect(warnings).toEqual([])
  })
})

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
