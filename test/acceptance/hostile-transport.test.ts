import { describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/fetch/fetcher.ts'
import { send, serveTls } from '../fetch/local-server.ts'
import { atEnd } from '../support/at-end.ts'
import { HONEST, HOSTILE_ANSWERS } from '../support/hostile-answers.ts'
import { atom, SURVIVOR } from '../support/hostile-documents.ts'
import { openPoller } from '../support/poll-through.ts'
import { serveRaw } from '../support/raw-server.ts'
import { selfSignedIdentity } from '../support/self-signed.ts'

const DEADLINE_MS = 5_000
// What never ends may as well end soon.
const TIMEOUT_MS = 300

const poller = openPoller()

describe('a hostile answer', () => {
  for (const { name, answer, result, detail = /^$/ } of HOSTILE_ANSWERS)
    it(`comes to ${result}: ${name}`, { timeout: DEADLINE_MS }, async () => {
      const server = await serveRaw(answer)
      const timing = result === 'timeout' ? { timeoutMs: TIMEOUT_MS } : {}
      const polled = await poller.poll(server.url, { allowHosts: [server.host], ...timing })
      expect(polled).toMatchObject({ result, detail: expect.stringMatching(detail) })
      if (polled.feed !== undefined) expect(polled.feed.entries.map(({ title }) => title?.value)).toEqual([SURVIVOR])
      await server.isLeft()
      expect(Object.keys(Object.prototype)).toEqual([])
    })

  it('cannot slip a second answer to the next request', async () => {
    const poison = `HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison`
    const server = await serveRaw((socket, request) => {
      const body = request.startsWith('GET /first ') ? HONEST : atom('')
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}${poison}`)
    })
    const fetcher = createFetcher({
      ...{ userAgent: 'Kakehashi-test/1', timeoutMs: 2000, maxBytes: 1_000_000, concurrency: 1, perHost: 1 },
      ...{ allowHosts: [server.host], now: () => performance.now() },
    })
    atEnd(() => fetcher.close())
    const bodies: string[] = []
    for (const path of ['/first', '/second']) {
      const fetched = await fetcher.fetch({ url: `http://${server.host}${path}`, validators: {} })
      bodies.push(fetched.kind === 'ok' ? Buffer.from(fetched.bytes).toString() : fetched.kind)
    }
    expect(bodies).toEqual([HONEST, atom('')])
  })
})

describe('a hostile answer over TLS', () => {
  const identity = selfSignedIdentity()
  it.skipIf(identity === undefined)('comes to tls: a certificate that vouches for itself', async () => {
    const server = await serveTls(identity ?? { key: '', cert: '' }, (_, response) => send(response, {}, HONEST))
    expect(await poller.poll(server.url(), { allowHosts: [server.host] })).toMatchObject({
      result: 'tls',
      detail: expect.stringMatching(/offers no TLS that can be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/),
    })
  })

  it('comes to tls: plain HTTP', async () => {
    const server = await serveRaw(socket => void socket.end(`HTTP/1.1 200 OK\r\n\r\n${HONEST}`))
    expect(await poller.poll(server.url.replace('http:', 'https:'), { allowHosts: [server.host] })).toMatchObject({ result: 'tls' })
  })

  it('comes to timeout: a handshake that never ends', async () => {
    const server = await serveRaw(() => undefined)
    const options = { allowHosts: [server.host], timeoutMs: TIMEOUT_MS }
    expect(await poller.poll(server.url.replace('http:', 'https:'), options)).toMatchObject({ result: 'timeout' })
    await server.isLeft()
  })
})
