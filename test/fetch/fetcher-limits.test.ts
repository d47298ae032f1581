import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { closed, FEED, fetcherFor, NONE, pourInto, send, serve } from './local-server.ts'

describe('createFetcher', () => {
  describe('too much', () => {
    it('declared is not read', async () => {
      const server = await serve((_, response) => response.writeHead(200, { 'content-length': '2000000' }).flushHeaders())
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), ...NONE })
      expect(outcome).toEqual({ kind: 'failed', reason: 'too-large', detail: 'The body is larger than 1000000 bytes transferred.' })
    })

    it('sent without end is cut off', async () => {
      const server = await serve((_, response) => pourInto(response, Buffer.alloc(64 * 1024, 'x')))
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
      await closed(server)
    })

    it('on the wire is cut off by a limit of its own', async () => {
      const server = await serve((_, response) => send(response, {}, Buffer.alloc(3000, 'x')))
      const outcome = await fetcherFor([server], { maxWireBytes: 2000 }).fetch({ url: server.url(), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large' })
    })

    for (const [name, coding, bomb] of bombs())
      it(`unpacked from ${name} is cut off`, async () => {
        const server = await serve((_, response) => send(response, { 'content-encoding': coding }, bomb))
        const before = process.memoryUsage().rss
        const outcome = await fetcherFor([server]).fetch({ url: server.url(), ...NONE })
        expect(outcome).toEqual({ kind: 'failed', reason: 'too-large', detail: 'The body is larger than 1000000 bytes unpacked.' })
        expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
      })

    it('of header fields is refused', async () => {
      const server = await serve((_, response) => {
        for (let field = 0; field < 1000; field++) response.setHeader(`x-flood-${field}`, 'x'.repeat(100))
        response.end(FEED)
      })
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'too-large', detail: expect.stringContaining('header fields') })
    })
  })

  describe('too late', () => {
    const late = { kind: 'failed', reason: 'timeout' }

    it('ends a fetch from a server that never answers', async () => {
      const server = await serve(() => undefined)
      expect(await fetcherFor([server], { timeoutMs: 100 }).fetch({ url: server.url(), ...NONE })).toMatchObject(late)
      await closed(server)
    })

    it('ends a fetch from a server that drips', async () => {
      const server = await serve((_, response) => {
        const drip = setInterval(() => response.write('x'), 10)
        response.on('close', () => clearInterval(drip))
      })
      expect(await fetcherFor([server], { timeoutMs: 150 }).fetch({ url: server.url(), ...NONE })).toMatchObject(late)
      await closed(server)
    })

    it('ends a fetch from a server that drips gzip', async () => {
      const bytes = gzipSync(Buffer.from(FEED))
      const server = await serve((_, response) => {
        let at = 0
        response.writeHead(200, { 'content-encoding': 'gzip' })
        const drip = setInterval(() => response.write(bytes.subarray(at, ++at)), 10)
        response.on('close', () => clearInterval(drip))
      })
      expect(await fetcherFor([server], { timeoutMs: 150 }).fetch({ url: server.url(), ...NONE })).toMatchObject(late)
      await closed(server)
    })

    it('ends a fetch whose redirect drips', async () => {
      const server = await serve((_, response) => response.writeHead(302, { location: '/new' }).write('x'))
      expect(await fetcherFor([server], { timeoutMs: 100 }).fetch({ url: server.url(), ...NONE })).toMatchObject(late)
      await closed(server)
    })

    it('ends a fetch while its name is still being looked up', async () => {
      const fetcher = fetcherFor([], { timeoutMs: 100, lookup: () => undefined })
      expect(await fetcher.fetch({ url: 'http://feeds.example/', ...NONE })).toMatchObject(late)
    })

    it('does not count the time in the queue', async () => {
      const server = await serve((_, response) => void setTimeout(() => send(response), 150))
      const fetcher = fetcherFor([server], { timeoutMs: 400, perHost: 1 })
      const outcomes = await Promise.all([1, 2, 3, 4].map(n => fetcher.fetch({ url: server.url(`/${n}`), ...NONE })))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok'])
    })
  })

  describe('an interrupted fetch', () => {
    const interrupted = { kind: 'failed', reason: 'interrupted', detail: 'The fetch was called off.' }

    it('ends while it runs', async () => {
      const { promise: asked, resolve: wasAsked } = Promise.withResolvers<void>()
      const server = await serve(() => wasAsked())
      const stop = new AbortController()
      const outcome = fetcherFor([server]).fetch({ url: server.url(), ...NONE }, stop.signal)
      await asked
      stop.abort()
      expect(await outcome).toEqual(interrupted)
      await closed(server)
    })

    it('ends while it waits', async () => {
      const server = await serve(() => undefined)
      const fetcher = fetcherFor([server], { perHost: 1 })
      const stop = new AbortController()
      const outcomes = [1, 2, 3].map(() => fetcher.fetch({ url: server.url(), ...NONE }, stop.signal))
      stop.abort()
      expect(await Promise.all(outcomes)).toEqual([interrupted, interrupted, interrupted])
    })

    it('does not begin with a signal that has aborted', async () => {
      const server = await serve((_, response) => send(response))
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE }, AbortSignal.abort())).toEqual(interrupted)
      expect(server.connections).toHaveLength(0)
    })

    it('makes room for the next', async () => {
      const server = await serve((request, response) => (request.url === '/hang' ? undefined : send(response)))
      const fetcher = fetcherFor([server], { perHost: 1, concurrency: 1 })
      const stop = new AbortController()
      const hanging = fetcher.fetch({ url: server.url('/hang'), ...NONE }, stop.signal)
      const next = fetcher.fetch({ url: server.url(), ...NONE })
      stop.abort()
      expect(await hanging).toEqual(interrupted)
      expect(await next).toMatchObject({ kind: 'ok' })
    })
  })
})

/** 200 MB of zeros each, made without holding them. */
function bombs(): readonly (readonly [name: string, coding: string, bytes: Buffer])[] {
  const zeros = Buffer.alloc(200_000_000)
  const gzip = gzipSync(zeros, { level: 1 })
  return [
    ['gzip', 'gzip', gzip],
    ['gzip in gzip', 'gzip', gzipSync(gzip)],
    ['brotli', 'br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['zstd', 'zstd', zstdCompressSync(zeros)],
  ]
}
