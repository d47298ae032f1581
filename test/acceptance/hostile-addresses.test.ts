import { isIPv6 } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Lookup } from '../../src/fetch/guarded-connector.ts'
import { resolvingTo } from '../fetch/local-server.ts'
import { HONEST } from '../support/hostile-answers.ts'
import { HOSTILE_REDIRECTS, INNER_HOSTS } from '../support/hostile-redirects.ts'
import { openPoller } from '../support/poll-through.ts'
import { answerOf } from '../support/raw-answer.ts'
import { type RawServer, serveRaw } from '../support/raw-server.ts'

const REFUSED = { result: 'refused-address', detail: expect.stringMatching(/is not an address on the public internet\.$/) }
// Global unicast that IANA has given to nobody: a packet that got out would reach no one.
const PUBLIC_BUT_NOBODYS = '2d00::1'

const poller = openPoller({ timeoutMs: 2000 })
let secret: RawServer

beforeAll(async () => {
  secret = await serveRaw(socket => void socket.end(answerOf(HONEST)))
})

describe('an address outside the public internet', () => {
  for (const host of INNER_HOSTS)
    it(`is refused where it is written ${host}`, async () => {
      expect(await poller.poll(`http://${host}:${secret.port}/feed`)).toMatchObject(REFUSED)
      expect(secret.requests).toEqual([])
    })

  const answers: readonly (readonly [name: string, addresses: readonly string[]])[] = [
    ['loopback', ['127.0.0.1']],
    ['loopback in IPv6', ['::1']],
    ['loopback mapped into IPv6', ['::ffff:127.0.0.1']],
    ['loopback through NAT64', ['64:ff9b::7f00:1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['a public address and loopback', ['8.8.8.8', '127.0.0.1']],
    ['a hundred public addresses and a private one', [...Array.from({ length: 100 }, (_, at) => `8.8.8.${at}`), '10.0.0.1']],
    ['what is no address', ['feeds.example']],
  ]
  for (const [name, addresses] of answers)
    it(`is refused where a name resolves to ${name}`, async () => {
      const polled = await poller.poll(`http://feeds.example:${secret.port}/feed`, { lookup: resolvingTo(addresses) })
      expect(polled).toMatchObject(REFUSED)
      expect(polled.detail).toContain(`feeds.example resolves to ${addresses.at(-1)}, which`)
      expect(secret.requests).toEqual([])
    })

  it('is refused where a name resolves to it only the second time', async () => {
    const { lookup, asked } = changing([[PUBLIC_BUT_NOBODYS], ['127.0.0.1']])
    const url = `http://rebinding.example:${secret.port}/feed`
    expect((await poller.poll(url, { lookup, timeoutMs: 300 })).result).toMatch(/^(timeout|unreachable)$/)
    expect(await poller.poll(url, { lookup })).toMatchObject(REFUSED)
    expect([asked(), secret.requests]).toEqual([2, []])
  })

  it('is refused where a name that was allowed to lead there redirects to one that was not', async () => {
    const front = await serveRaw(socket => void socket.end(answerOf('', [`Location: http://inner.example:${secret.port}/`], '301 Moved')))
    const url = `http://allowed.example:${front.port}/feed`
    expect(await poller.poll(url, { lookup: resolvingTo(['127.0.0.1']), allowHosts: [`allowed.example:${front.port}`] })).toMatchObject(
      REFUSED,
    )
    expect(secret.requests).toEqual([])
  })
})

describe('a redirect', () => {
  for (const { name, location, result, detail } of HOSTILE_REDIRECTS)
    it(`comes to ${result}: ${name}`, async () => {
      const server = await redirecting(({ host }) => location(secret.port, host))
      const polled = await poller.poll(server.url, { allowHosts: [server.host] })
      expect(polled).toEqual({ result, detail: expect.stringMatching(detail) })
      expect([secret.requests, server.requests.length]).toEqual([[], 1])
    })

  const endless: readonly (readonly [name: string, location: (asked: number) => string])[] = [
    ['a loop of two', asked => `/${asked % 2}`],
    ['a chain of fifty', asked => `/${asked}`],
    ['an address that grows', asked => `/${'x/'.repeat(asked * 100)}`],
  ]
  for (const [name, location] of endless)
    it(`comes to too-many-redirects: ${name}`, async () => {
      const server = await redirecting(({ requests }) => location(requests.length))
      const polled = await poller.poll(server.url, { allowHosts: [server.host] })
      expect(polled).toEqual({
        result: 'too-many-redirects',
        detail: expect.stringMatching(/redirects (in a loop|on after 5 redirects already)\.$/),
      })
      expect(server.requests.length).toBeLessThanOrEqual(6)
    })

  it('with credentials is followed without them', async () => {
    const target = await serveRaw(socket => void socket.end(answerOf(HONEST)))
    const server = await redirecting(() => `http://user:hush@${target.host}/feed`)
    const polled = await poller.poll(server.url.replace('//', '//me:secret@'), { allowHosts: [server.host, target.host] })
    expect(polled.result).toBe('ok')
    expect(server.requests.join('')).toMatch(/authorization: basic/i)
    expect(target.requests.join('')).not.toMatch(/authorization|hush|secret/i)
  })

  it('cannot put header fields into the next request', async () => {
    const target = await serveRaw(socket => void socket.end(answerOf(HONEST)))
    const server = await redirecting(() => `http://${target.host}/a%0d%0aX-Injected:%201\rX-Injected: 2\0`)
    const { result } = await poller.poll(server.url, { allowHosts: [server.host, target.host] })
    expect(result).toMatch(/^(ok|unreadable)$/)
    expect(target.requests.join('')).not.toMatch(/^X-Injected/im)
  })

  it('in a document is not followed', async () => {
    const page = `<!doctype html><meta http-equiv="refresh" content="0;url=${secret.url}"><title>Moved</title>`
    const server = await serveRaw(socket => void socket.end(answerOf(page, [`Refresh: 0;url=${secret.url}`])))
    const polled = await poller.poll(server.url, { allowHosts: [server.host, secret.host] })
    expect(polled).toEqual({ result: 'not-a-feed', detail: 'an HTML page titled “Moved”' })
    expect(secret.requests).toEqual([])
  })
})

/** A server that redirects every request to what `location` says then. */
async function redirecting(location: (server: RawServer) => string): Promise<RawServer> {
  const server: RawServer = await serveRaw(socket => void socket.end(answerOf('', [`Location: ${location(server)}`], '302 Found')))
  return server
}

/** Answers one after the other, the last one from then on. */
function changing(answers: readonly (readonly string[])[]): { readonly lookup: Lookup; readonly asked: () => number } {
  let asked = 0
  const lookup: Lookup = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? []
    callback(
      null,
      addresses.map(address => ({ address, family: isIPv6(address) ? 6 : 4 })),
    )
  }
  return { lookup, asked: () => asked }
}
