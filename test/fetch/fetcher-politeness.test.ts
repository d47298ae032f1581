import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { closed, fetcherFor, type LocalServer, NONE, pourInto, send, serve, stoppedClock } from './local-server.ts'

describe('createFetcher', () => {
  describe('politeness', () => {
    it('keeps to the limit per host', async () => {
      const { server, peak } = await counting()
      const fetcher = fetcherFor([server], { perHost: 2 })
      await Promise.all(Array.from({ length: 12 }, (_, n) => fetcher.fetch({ url: server.url(`/${n}`), ...NONE })))
      expect(peak()).toBe(2)
    })

    it('keeps to the limit over all', async () => {
      const shared = { inFlight: 0, peak: 0 }
      const servers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => counting(shared).then(({ server }) => server)))
      const fetcher = fetcherFor(servers, { concurrency: 3, perHost: 1 })
      await Promise.all(servers.flatMap(server => [1, 2].map(n => fetcher.fetch({ url: server.url(`/${n}`), ...NONE }))))
      expect(shared.peak).toBe(3)
    })

    it('lets nobody wait for a busy host but those who want it', async () => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      const busy = await serve((_, response) => void released.then(() => send(response)))
      const idle = await serve((_, response) => send(response))
      const fetcher = fetcherFor([busy, idle], { concurrency: 2, perHost: 1 })
      const waiting = [1, 2, 3, 4].map(n => fetcher.fetch({ url: busy.url(`/${n}`), ...NONE }))
      expect(await fetcher.fetch({ url: idle.url(), ...NONE })).toMatchObject({ kind: 'ok' })
      release()
      await Promise.all(waiting)
    })

    it('keeps to the limit of the host a redirect leads to, without deadlock', async () => {
      const a = await counting()
      const b = await counting()
      const answer = (from: LocalServer, to: LocalServer) => (request: IncomingMessage, response: ServerResponse) =>
        request.url?.startsWith('/end') ? send(response) : send(response, { location: to.url(`/end${request.url}-${from.port}`) }, '', 302)
      a.answerWith(answer(a.server, b.server))
      b.answerWith(answer(b.server, a.server))
      const fetcher = fetcherFor([a.server, b.server], { concurrency: 2, perHost: 1 })
      const fetches = Array.from({ length: 8 }, (_, n) => fetcher.fetch({ url: (n % 2 ? a : b).server.url(`/${n}`), ...NONE }))
      expect((await Promise.all(fetches)).map(({ kind }) => kind)).toEqual(Array(8).fill('ok'))
      expect([a.peak(), b.peak()]).toEqual([1, 1])
    })

    it('passes on how long a server asks to be left alone', async () => {
      const later = new Date(stoppedClock() + HOUR).toUTCString()
      const server = await serve((request, response) =>
        send(response, { 'retry-after': request.url === '/date' ? later : '3600' }, '', 429),
      )
      const fetcher = fetcherFor([server])
      for (const path of ['/seconds', '/date'])
        expect(await fetcher.fetch({ url: server.url(path), ...NONE })).toEqual({
          kind: 'failed',
          reason: 'rate-limited',
          detail: `${server.host} answered 429 Too Many Requests.`,
          retryAfterMs: HOUR,
        })
    })

    it('does not read the page that comes with an error', async () => {
      const server = await serve((_, response) => {
        response.writeHead(403, { 'cf-mitigated': 'challenge' })
        pourInto(response, Buffer.alloc(64 * 1024, 'x'))
      })
      const outcome = await fetcherFor([server]).fetch({ url: server.url(), ...NONE })
      expect(outcome).toMatchObject({ reason: 'blocked', detail: expect.stringContaining('cf-mitigated') })
      await closed(server)
    })
  })
})

/** A server that holds each request for a moment and knows how many it held at once. */
async function counting(tally = { inFlight: 0, peak: 0 }) {
  let answer = (_: IncomingMessage, response: ServerResponse) => send(response)
  const server = await serve((request, response) => {
    tally.peak = Math.max(tally.peak, ++tally.inFlight)
    setTimeout(() => {
      tally.inFlight--
      answer(request, response)
    }, 5)
  })
  const answerWith = (other: typeof answer) => {
    answer = other
  }
  return { server, peak: () => tally.peak, answerWith }
}
