import { describe, expect, it } from 'vitest'
import { proxyTrust, requestOrigin } from '../../src/web/proxies.ts'

describe('proxyTrust', () => {
  const trust = proxyTrust(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', 'nonsense'])
  const cases: readonly [address: string, isTrusted: boolean][] = [
    ['127.0.0.1', true],
    ['127.0.0.2', false],
    ['10.200.3.4', true],
    ['11.0.0.1', false],
    ['::1', true],
    ['fd12::1', true],
    ['2001:db8::1', false],
    ['', false],
    ['unknown', false],
  ]
  for (const [address, isTrusted] of cases)
    it(`${isTrusted ? 'believes' : 'does not believe'} "${address}"`, () => expect(trust(address)).toBe(isTrusted))

  for (const network of ['10.0.0.0/', '10.0.0.0/x', '10.0.0.0/33', '10.0.0.0/8/8', 'fd00::/129'])
    it(`takes "${network}" for nobody`, () => {
      const trustIn = proxyTrust([network])
      expect(['10.0.0.0', '203.0.113.7', 'fd00::1'].filter(trustIn)).toEqual([])
    })

  it('believes nobody unless told to', () => expect(proxyTrust([])('127.0.0.1')).toBe(false))
})

describe('requestOrigin', () => {
  const trust = proxyTrust(['127.0.0.1', '10.0.0.0/8'])
  const from = (address: string, headers: Record<string, string>) =>
    requestOrigin({ address, isEncrypted: false }, { host: 'inner:8080', ...headers }, trust)
  const forwarded = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'feeds.example.jp' }

  it('takes the word of a trusted proxy', () =>
    expect(from('127.0.0.1', forwarded)).toEqual({ client: '203.0.113.7', scheme: 'https', host: 'feeds.example.jp' }))

  it('takes no other word', () =>
    expect(from('203.0.113.9', forwarded)).toEqual({ client: '203.0.113.9', scheme: 'http', host: 'inner:8080' }))

  it('knows a proxy by its address on a socket of both families', () =>
    expect(from('::ffff:127.0.0.1', forwarded).client).toBe('203.0.113.7'))

  const chains: readonly [name: string, chain: string, client: string][] = [
    ['what a client claims to have come through', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['several trusted proxies', '203.0.113.7, 10.1.1.1, 10.2.2.2', '203.0.113.7'],
    ['words', 'unknown, <script>', '127.0.0.1'],
    ['words behind a client', '<script>, 203.0.113.7', '203.0.113.7'],
    ['trusted proxies alone', '10.1.1.1', '10.1.1.1'],
  ]
  for (const [name, chain, client] of chains)
    it(`reads ${name} from the end`, () => expect(from('127.0.0.1', { 'x-forwarded-for': chain }).client).toBe(client))

  it('keeps to its own where a scheme or host is none', () =>
    expect(from('127.0.0.1', { 'x-forwarded-proto': 'javascript', 'x-forwarded-host': 'a b"' })).toMatchObject({
      scheme: 'http',
      host: 'inner:8080',
    }))
})
