import { describe, expect, it, onTestFinished } from 'vitest'
import { type CallbackClientOptions, openCallbackClient } from '../../src/fetch/callback-client.ts'
import { closed, type LocalServer, pourInto, resolvingTo, send, serve, stoppedClock } from './local-server.ts'

function clientFor(servers: readonly LocalServer[], changes: Partial<CallbackClientOptions> = {}) {
  const allowHosts = servers.map(({ host }) => host)
  const common = { userAgent: 'Kakehashi-test/1', timeoutMs: 5_000, concurrency: 8, perHost: 8, now: stoppedClock }
  const client = openCallbackClient({ ...common, allowHosts, ...changes })
  onTestFinished(client.close)
  return client
}

const content = async () => ({ headers: { 'content-type': 'application/atom+xml', link: '<x>; rel="hub"' }, body: Buffer.from('架け橋') })

describe('a callback', () => {
  it('is asked, and its answer taken as it comes', async () => {
    const server = await serve((request, response) => send(response, {}, `${request.method} ${request.url}`))
    expect(await clientFor([server]).ask(server.url('/cb?a=%20'))).toEqual({ kind: 'accepted', text: 'GET /cb?a=%20' })
  })

  it('is sent bytes and headers as they are', async () => {
    const had: unknown[] = []
    const server = await serve(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece as Buffer)
      const { 'content-type': type, link, 'user-agent': agent, 'content-length': length } = request.headers
      had.push([request.method, type, link, agent, length, Buffer.concat(pieces).toString()])
      send(response, {}, '', 202)
    })
    expect(await clientFor([server]).deliver(server.url('/cb'), content)).toEqual({ kind: 'accepted', text: '' })
    expect(had).toEqual([['POST', 'application/atom+xml', '<x>; rel="hub"', 'Kakehashi-test/1', '9', '架け橋']])
  })

  it('is not followed anywhere', async () => {
    const targets: string[] = []
    const server = await serve((request, response) => {
      targets.push(request.url ?? '')
      send(response, { location: '/elsewhere' }, '', 307)
    })
    const client = clientFor([server])
    for (const outcome of [await client.ask(server.url('/cb')), await client.deliver(server.url('/cb'), content)])
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'client-error' })
    expect(targets).toEqual(['/cb', '/cb'])
  })

  it('may say that it is gone, or wants to be left alone', async () => {
    const server = await serve((request, response) => send(response, { 'retry-after': '60' }, '', request.url === '/gone' ? 410 : 429))
    const client = clientFor([server])
    expect(await client.deliver(server.url('/gone'), content)).toMatchObject({ reason: 'gone' })
    expect(await client.deliver(server.url('/busy'), content)).toMatchObject({ reason: 'rate-limited', retryAfterMs: 60_000 })
  })

  it('is no address that is not public, whatever its name', async () => {
    const client = clientFor([], { lookup: resolvingTo(['10.0.0.1']) })
    for (const url of ['http://127.0.0.1:1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://0x7f.1/', 'http://reader.example/'])
      for (const outcome of [await client.ask(url), await client.deliver(url, content)])
        expect(outcome).toMatchObject({ kind: 'failed', reason: 'refused-address' })
  })

  it('costs no more than a moment and a kilobyte', async () => {
    const endless = await serve((_, response) => pourInto(response.writeHead(200) && response, Buffer.alloc(64 * 1024, 'x')))
    const outcome = await clientFor([endless]).ask(endless.url('/cb'))
    expect(outcome.kind === 'accepted' && outcome.text.length).toBe(1_000)
    await closed(endless)
    const silent = await serve(() => undefined)
    expect(await clientFor([silent], { timeoutMs: 50 }).ask(silent.url('/cb'))).toMatchObject({ reason: 'timeout' })
  })

  it('is sent nothing where there is nothing to send', async () => {
    const server = await serve(() => expect.fail('nothing was to be sent'))
    expect(await clientFor([server]).deliver(server.url('/cb'), async () => undefined)).toEqual({ kind: 'nothing-sent' })
  })

  it('is composed for when its turn has come', async () => {
    let [composed, mostAtOnce] = [0, 0]
    const server = await serve((_, response) => {
      mostAtOnce = Math.max(mostAtOnce, composed)
      composed--
      send(response)
    })
    const compose = () => {
      composed++
      return content()
    }
    const client = clientFor([server], { perHost: 1 })
    await Promise.all(Array.from({ length: 5 }, () => client.deliver(server.url('/cb'), compose)))
    expect(mostAtOnce).toBe(1)
  })

  it('that has confirmed is served before those that have yet to', async () => {
    const order: string[] = []
    const server = await serve((request, response) => {
      order.push(request.url ?? '')
      send(response, {}, '')
    })
    const client = clientFor([server], { concurrency: 1, perHost: 1 })
    const asked = ['/first', '/stranger', '/another'].map(path => client.ask(server.url(path)))
    await Promise.all([...asked, client.deliver(server.url('/subscriber'), content)])
    expect(order).toEqual(['/first', '/subscriber', '/stranger', '/another'])
  })

  it('is left when the client is closed', async () => {
    const server = await serve(() => undefined)
    const client = clientFor([server], { perHost: 1 })
    const outcomes = [client.ask(server.url('/1')), client.ask(server.url('/2'))]
    await client.close()
    for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject({ reason: 'interrupted' })
  })
})
