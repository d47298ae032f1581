import type { IncomingMessage } from 'node:http'
import { Agent } from 'undici'
import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/domain/time.ts'
import { formExchanger } from '../../src/fetch/form-exchange.ts'
import { routeFrom } from '../../src/fetch/route.ts'
import { closed, fetcherFor, pourInto, resolvingTo, send, serve, stoppedClock } from './local-server.ts'

const FORM = 'hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F'

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}

describe('post', () => {
  for (const status of [200, 202, 204])
    it(`has a form accepted with ${status}`, async () => {
      const had: unknown[] = []
      const server = await serve(async (request, response) => {
        const { 'content-type': type, 'user-agent': agent, cookie, referer } = request.headers
        had.push([request.method, request.url, type, agent, cookie, referer, await bodyOf(request)])
        send(response, {}, '', status)
      })
      expect(await fetcherFor([server]).post({ url: server.url('/hub?a=1#b'), form: FORM })).toEqual({ kind: 'accepted', status })
      expect(had).toEqual([['POST', '/hub?a=1', 'application/x-www-form-urlencoded', 'Kakehashi-test/1', undefined, undefined, FORM]])
    })

  for (const status of [307, 308])
    it(`goes on as it is where ${status} leads`, async () => {
      const had: string[] = []
      const server = await serve(async (request, response) => {
        had.push(`${request.method} ${request.url} ${await bodyOf(request)}`)
        if (request.url === '/hub') send(response, { location: '/new' }, '', status)
        else send(response, {}, '', 202)
      })
      expect(await fetcherFor([server]).post({ url: server.url('/hub'), form: FORM })).toEqual({ kind: 'accepted', status: 202 })
      expect(had).toEqual([`POST /hub ${FORM}`, `POST /new ${FORM}`])
    })

  for (const status of [301, 302, 303])
    it(`ends where ${status} would lose the form`, async () => {
      const server = await serve((_, response) => send(response, { location: '/new' }, '', status))
      expect(await fetcherFor([server]).post({ url: server.url(), form: FORM })).toMatchObject({ kind: 'failed', reason: 'client-error' })
    })

  it('ends in a loop', async () => {
    const server = await serve((_, response) => send(response, { location: '/feed' }, '', 307))
    expect(await fetcherFor([server]).post({ url: server.url(), form: FORM })).toMatchObject({
      kind: 'failed',
      reason: 'too-many-redirects',
    })
  })

  it('passes on what the server says against it, on one line', async () => {
    const server = await serve((_, response) =>
      send(response, { 'content-type': 'text/plain; charset=utf-8' }, 'no such\r\ntopic \u001b[31m', 404),
    )
    expect(await fetcherFor([server]).post({ url: server.url(), form: FORM })).toEqual({
      kind: 'failed',
      reason: 'not-found',
      detail: `${server.host} answered 404 Not Found. It says: no such topic [31m`,
    })
  })

  it('does not read a page that comes with an error, nor text without end', async () => {
    for (const type of ['text/html', 'text/plain']) {
      const server = await serve((_, response) => {
        response.writeHead(500, { 'content-type': type })
        pourInto(response, Buffer.alloc(64 * 1024, 'x'))
      })
      const outcome = await fetcherFor([server]).post({ url: server.url(), form: FORM })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'server-error' })
      expect(outcome.kind === 'failed' && outcome.detail.length).toBeLessThan(300)
      await closed(server)
    }
  })

  it('says how long the server wants to be left alone', async () => {
    const server = await serve((_, response) => send(response, { 'retry-after': '3600' }, '', 429))
    expect(await fetcherFor([server]).post({ url: server.url(), form: FORM })).toMatchObject({ reason: 'rate-limited', retryAfterMs: HOUR })
  })

  it('goes to no address that is not public, whether named or redirected to', async () => {
    const guarded = fetcherFor([], { lookup: resolvingTo(['10.0.0.1']) })
    for (const url of ['http://127.0.0.1:1/', 'http://169.254.169.254/', 'http://[::1]/', 'http://hub.example/'])
      expect(await guarded.post({ url, form: FORM })).toMatchObject({ kind: 'failed', reason: 'refused-address' })
    const server = await serve((_, response) => send(response, { location: 'http://169.254.169.254/' }, '', 307))
    expect(await fetcherFor([server]).post({ url: server.url(), form: FORM })).toMatchObject({ reason: 'refused-address' })
    for (const url of ['ftp://hub.example/', 'hub']) expect((await guarded.post({ url, form: FORM })).kind).toBe('failed')
  })

  it('is not led from outside to a host of the operator’s own network', async () => {
    const inside = await serve((_, response) => send(response))
    const outside = await serve((_, response) => send(response, { location: inside.url() }, '', 307))
    // A name that stands for a public address, as far as this fetcher can tell.
    const allowHosts = [inside.host]
    const posting = formExchanger(new Agent(), { form: FORM, userAgent: 'test', allowHosts, now: stoppedClock })
    const route = routeFrom(outside.url())
    if (route.kind === 'failed') throw new Error(route.detail)
    expect(await posting(route, new AbortController().signal)).toMatchObject({ kind: 'failed', reason: 'refused-address' })
  })

  it('ends in time, and when it is called off', async () => {
    const server = await serve(() => undefined)
    expect(await fetcherFor([server], { timeoutMs: 100 }).post({ url: server.url(), form: FORM })).toMatchObject({ reason: 'timeout' })
    const stop = new AbortController()
    const outcome = fetcherFor([server]).post({ url: server.url(), form: FORM }, stop.signal)
    stop.abort()
    expect(await outcome).toMatchObject({ reason: 'interrupted' })
  })

  it('waits for its turn at a host as a fetch does', async () => {
    let [inFlight, peak] = [0, 0]
    const server = await serve((_, response) => {
      peak = Math.max(peak, ++inFlight)
      setTimeout(() => {
        inFlight--
        send(response)
      }, 5)
    })
    const { fetch, post } = fetcherFor([server], { perHost: 1 })
    await Promise.all([1, 2, 3].flatMap(() => [fetch({ url: server.url(), validators: {} }), post({ url: server.url(), form: FORM })]))
    expect(peak).toBe(1)
  })
})
