import { describe, expect, it } from 'vitest'
import type { Lookup } from '../../src/fetch/guarded-connector.ts'
import { fetcherFor, NONE, resolvingTo, send, serve } from './local-server.ts'

describe('createFetcher', () => {
  describe('an address outside the public internet', () => {
    const refused = { kind: 'failed', reason: 'refused-address' }

    for (const host of [
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::127.0.0.1]',
      '0.0.0.0',
      '169.254.169.254',
      '10.0.0.1',
      '[fd00::1]',
      'localhost',
    ])
      it(`is refused as ${host}, asked for or redirected to`, async () => {
        let requests = 0
        const secret = await serve((_, response) => {
          requests++
          send(response)
        })
        const target = `http://${host}:${secret.port}/feed`
        const server = await serve((_, response) => send(response, { location: target }, '', 302))
        const fetcher = fetcherFor([server])
        expect(await fetcher.fetch({ url: target, ...NONE })).toMatchObject(refused)
        expect(await fetcher.fetch({ url: server.url(), ...NONE })).toMatchObject(refused)
        expect(requests).toBe(0)
      })

    const answers: readonly [name: string, addresses: string[]][] = [
      ['is refused where a name resolves to it', ['127.0.0.1']],
      ['is refused where a name resolves to public addresses as well', ['8.8.8.8', '127.0.0.1']],
      ['is refused where a name resolves to it in IPv6', ['2606:4700::1111', '::ffff:127.0.0.1']],
    ]
    for (const [name, addresses] of answers)
      it(name, async () => {
        const fetcher = fetcherFor([], { lookup: resolvingTo(addresses) })
        expect(await fetcher.fetch({ url: 'http://feeds.example/?token=hush', ...NONE })).toEqual({
          ...refused,
          detail: `feeds.example resolves to ${addresses.at(-1)}, which is not an address on the public internet.`,
        })
      })

    it('is allowed by name and by name with port', async () => {
      const server = await serve((_, response) => send(response))
      const url = `http://feeds.internal:${server.port}/`
      for (const allowHosts of [['Feeds.Internal'], [`feeds.internal:${server.port}`]]) {
        const fetcher = fetcherFor([], { lookup: resolvingTo(['127.0.0.1']), allowHosts })
        expect(await fetcher.fetch({ url, ...NONE })).toMatchObject({ kind: 'ok' })
      }
    })

    it('is not allowed on another port than the one named', async () => {
      const server = await serve((_, response) => send(response))
      const fetcher = fetcherFor([], { lookup: resolvingTo(['127.0.0.1']), allowHosts: ['feeds.internal:80'] })
      expect(await fetcher.fetch({ url: `http://feeds.internal:${server.port}/`, ...NONE })).toMatchObject(refused)
    })

    it('cannot slip in after the check, because the answer that is checked is the one connected to', async () => {
      let lookups = 0
      const server = await serve((_, response) => send(response))
      const lookup: Lookup = (...call) => {
        lookups++
        resolvingTo(['127.0.0.1'])(...call)
      }
      const fetcher = fetcherFor([], { lookup, allowHosts: ['feeds.internal'] })
      expect(await fetcher.fetch({ url: `http://feeds.internal:${server.port}/`, ...NONE })).toMatchObject({ kind: 'ok' })
      expect(lookups).toBe(1)
    })

    it('is never asked through another scheme', async () => {
      expect(await fetcherFor([]).fetch({ url: 'file:///etc/passwd', ...NONE })).toMatchObject(refused)
    })
  })
})
