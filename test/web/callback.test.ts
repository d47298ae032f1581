import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Admission, Callbacks, ReceivedDelivery } from '../../src/web/callback.ts'
import { startServer } from '../../src/web/server.ts'
import { atEnd } from '../support/at-end.ts'
import { temporaryFolder } from '../support/temp-folder.ts'
import { servedPlace } from './served-place.ts'

const TOKEN = 'a-token-of-many-characters'
const PATH = `/websub/${TOKEN}`
const MAX_BYTES = 100_000

/** A server whose callbacks know one token. */
async function aServer(changes: Partial<Parameters<typeof startServer>[0]> = {}) {
  const taken: ReceivedDelivery[] = []
  const counts = { admitted: 0, abandoned: 0 }
  const lengths: (number | undefined)[] = []
  const callbacks: Callbacks = {
    ask: async (token, query) => (token === TOKEN ? { status: 200, text: query.get('hub.challenge') ?? '' } : { status: 404 }),
    admit: async (token, length): Promise<Admission> => {
      if (token !== TOKEN) return { kind: 'refused', answer: { status: 404 } }
      counts.admitted++
      lengths.push(length)
      const take = (delivery: ReceivedDelivery) => {
        taken.push(delivery)
        return { status: 202 }
      }
      return { kind: 'admitted', maxBytes: MAX_BYTES, take, abandon: () => void counts.abandoned++ }
    },
  }
  const folder = await temporaryFolder()
  const paths: string[] = []
  const server = await startServer({
    ...{ host: '127.0.0.1', port: 0, now: () => 0, place: () => servedPlace(folder, { basePath: '/kakehashi/' }), callbacks },
    messagePage: kind => `<p>${kind}</p>`,
    onRequest: ({ path }) => paths.push(path),
    ...changes,
  })
  atEnd(() => server.close())
  const ask = (
    path: string,
    options: { readonly method?: string; readonly headers?: OutgoingHttpHeaders; readonly body?: string | Buffer } = {},
  ) =>
    new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
      const { method = 'GET', headers = {}, body } = options
      const sent = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, async response => {
        let text = ''
        for await (const piece of response) text += String(piece)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
      sent.on('error', reject).end(body)
    })
  return { server, ask, taken, counts, lengths, paths }
}

describe('a callback', () => {
  it('answers a question as plain text that no browser takes for a page', async () => {
    const { ask } = await aServer()
    for (const path of [PATH, `/kakehashi${PATH}`]) {
      const { status, headers, text } = await ask(`${path}?hub.challenge=%3Cscript%3E`)
      expect([status, text]).toEqual([200, '<script>'])
      expect(headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-length': '8',
      })
    }
  })

  it('takes in a delivery, byte for byte, with what is known of it', async () => {
    const { ask, taken, lengths } = await aServer()
    const headers = { 'content-type': 'application/atom+xml', 'x-hub-signature': 'sha1=00' }
    expect((await ask(PATH, { method: 'POST', headers, body: Buffer.from([0xff, 0x00, 0x0a]) })).status).toBe(202)
    expect(taken).toEqual([{ body: Buffer.from([0xff, 0x00, 0x0a]), contentType: 'application/atom+xml', signature: 'sha1=00' }])
    expect((await ask(PATH, { method: 'POST' })).status).toBe(202)
    expect([taken[1]?.body.length, lengths]).toEqual([0, [3, 0]])
  })

  it('that nobody knows is told without reading what is sent', async () => {
    const { server, counts, ask } = await aServer()
    expect((await ask('/websub/another-token-of-some-length')).status).toBe(404)
    const socket = connect(server.port, '127.0.0.1')
    // The body never comes.
    socket.write('POST /websub/another-token-of-some-length HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 404 [\s\S]*connection: close/i)
    await once(
      socket.on('error', () => {}),
      'close',
    )
    expect(counts).toEqual({ admitted: 0, abandoned: 0 })
  })

  it('does not read on when there is more than it takes', async () => {
    const { server, counts, taken } = await aServer()
    const socket = connect(server.port, '127.0.0.1')
    let [answer, sent, isClosed] = ['', 0, false]
    socket.on('data', piece => {
      answer += String(piece)
    })
    // A client that goes on sending may never come to read the answer.
    socket.on('error', () => {})
    socket.on('close', () => {
      isClosed = true
    })
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
    while (!isClosed && sent < 100_000_000) {
      if (socket.writable) socket.write(`10000\r\n${'x'.repeat(0x10000)}\r\n`)
      sent += 0x10000
      await setImmediate()
    }
    expect(answer === '' || answer.startsWith('HTTP/1.1 413 ')).toBe(true)
    expect([counts, taken]).toEqual([{ admitted: 1, abandoned: 1 }, []])
    expect(sent).toBeLessThan(100_000_000)
  })

  it('cuts off a hub that drips, and lets its room go', async () => {
    const { server, counts } = await aServer({ limits: { headersMs: 150, requestMs: 300 } })
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n`)
    const drip = setInterval(() => socket.writable && socket.write('x'), 20)
    await once(socket.on('error', () => {}).resume(), 'close').finally(() => clearInterval(drip))
    await expect.poll(() => counts).toEqual({ admitted: 1, abandoned: 1 })
  })

  it('lets go of the room of a hub that leaves in the middle', async () => {
    const { server, counts, taken } = await aServer()
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nxxx`)
    await expect.poll(() => counts.admitted).toBe(1)
    socket.destroy()
    await expect.poll(() => counts.abandoned).toBe(1)
    expect(taken).toEqual([])
  })

  it('refuses what is compressed, as its signature could not be told', async () => {
    const { ask, counts } = await aServer()
    const { status } = await ask(PATH, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: gzipSync('x') })
    expect([status, counts.abandoned]).toEqual([415, 1])
  })

  it('is nothing to other methods, nor to tokens that could be none', async () => {
    const { ask, counts } = await aServer()
    expect((await ask(PATH, { method: 'HEAD' })).status).not.toBe(200)
    for (const method of ['PUT', 'DELETE']) expect((await ask(PATH, { method })).status).toBe(405)
    for (const path of [
      '/websub/',
      '/websub/short',
      `/websub/${'a'.repeat(101)}`,
      `/websub/${TOKEN}/x`,
      `/websub/..%2f${TOKEN}`,
      '/websub/%00',
    ])
      expect((await ask(path, { method: 'POST' })).status, path).toBe(405)
    expect(counts.admitted).toBe(0)
  })

  it('is not there where nothing is subscribed to', async () => {
    const folder = await temporaryFolder()
    const server = await startServer({
      ...{ host: '127.0.0.1', port: 0, now: () => 0, place: () => servedPlace(folder) },
      messagePage: kind => kind,
    })
    atEnd(() => server.close())
    const status = async (method: string) => (await fetch(`${server.address}websub/${TOKEN}`, { method })).status
    expect([await status('GET'), await status('POST')]).toEqual([404, 405])
  })

  it('shows in no report of requests', async () => {
    const { ask, paths } = await aServer()
    await ask(PATH)
    await ask(`/kakehashi${PATH}?hub.challenge=x`, { method: 'POST' })
    expect(paths).toEqual(['/websub/…', '/kakehashi/websub/…'])
  })
})
