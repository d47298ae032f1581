import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lookup } from '../../src/fetch/guarded-connector.ts'
import { selfSignedIdentity } from '../support/self-signed.ts'
import { fetcherFor, NONE, resolvingTo, send, serve, serveTls } from './local-server.ts'

describe('createFetcher', () => {
  describe('a broken way to the server', () => {
    it('is unreachable where nobody listens', async () => {
      const server = await serve((_, response) => send(response))
      await server.close()
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toEqual({
        kind: 'failed',
        reason: 'unreachable',
        detail: `${server.host} refused the connection (ECONNREFUSED).`,
      })
    })

    it('is unreachable where the server hangs up', async () => {
      const server = await serve(request => request.socket.resetAndDestroy())
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toMatchObject({ kind: 'failed', reason: 'unreachable' })
    })

    for (const code of ['ENOTFOUND', 'EAI_AGAIN'])
      it(`is a matter of DNS where the lookup ends in ${code}`, async () => {
        const lookup = failingWith(Object.assign(new Error(code), { code }))
        expect(await fetcherFor([], { lookup }).fetch({ url: 'http://feeds.example/', ...NONE })).toEqual({
          kind: 'failed',
          reason: 'dns',
          detail: `feeds.example:80 could not be looked up (${code}).`,
        })
      })

    it('is a matter of DNS where a name has no address', async () => {
      const fetcher = fetcherFor([], { lookup: resolvingTo([]) })
      expect(await fetcher.fetch({ url: 'http://feeds.example/', ...NONE })).toMatchObject({ kind: 'failed', reason: 'dns' })
    })

    it('is unreadable where the server does not speak HTTP', async () => {
      const { url, stop } = await answeringWith(() => Buffer.from('220 mail.example ESMTP\r\n'))
      const fetcher = fetcherFor([], { allowHosts: ['127.0.0.1'] })
      expect(await fetcher.fetch({ url, ...NONE })).toMatchObject({ kind: 'failed', reason: 'unreadable' })
      stop()
    })

    it('never makes a fetch throw, whatever bytes a server sends', async () => {
      let bytes = Buffer.alloc(0)
      const { url, stop } = await answeringWith(() => bytes)
      const fetcher = fetcherFor([], { allowHosts: ['127.0.0.1'], timeoutMs: 1000 })
      const line = fc.constantFrom(
        'content-length: 5',
        'transfer-encoding: chunked',
        'content-encoding: br',
        'location: //[',
        'etag: "\u0080"',
        'x',
      )
      const status = fc.constantFrom('200 OK', '301 Moved', '304 Not Modified', '100 Continue', '101 Switching Protocols', '999 ?', '')
      const answer = fc.record({ status, lines: fc.array(fc.oneof(line, fc.string()), { maxLength: 4 }), body: fc.string() })
      await fc.assert(
        fc.asyncProperty(answer, async ({ status, lines, body }) => {
          bytes = Buffer.from([`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n'), 'latin1')
          expect((await fetcher.fetch({ url, ...NONE })).kind).toMatch(/^(ok|failed)$/)
        }),
        { numRuns: 150 },
      )
      stop()
    })

    it('is a matter of TLS where a plain server is asked for https', async () => {
      const server = await serve((_, response) => send(response))
      const outcome = await fetcherFor([server]).fetch({ url: server.url().replace('http:', 'https:'), ...NONE })
      expect(outcome).toMatchObject({ kind: 'failed', reason: 'tls' })
    })

    const identity = selfSignedIdentity()
    it.skipIf(identity === undefined)('is a matter of TLS where the certificate is self-signed', async () => {
      const server = await serveTls(identity ?? { key: '', cert: '' }, (_, response) => send(response))
      expect(await fetcherFor([server]).fetch({ url: server.url(), ...NONE })).toEqual({
        kind: 'failed',
        reason: 'tls',
        detail: `${server.host} offers no TLS that can be trusted (DEPTH_ZERO_SELF_SIGNED_CERT).`,
      })
    })
  })
})

/** A server that answers every connection with the same bytes, whatever they are. */
async function answeringWith(bytes: () => Buffer): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createTcpServer(socket => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(bytes()))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() }
}

function failingWith(error: Error): Lookup {
  return (_hostname, _options, callback) => callback(error, [])
}
