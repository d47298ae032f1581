import { describe, expect, it } from 'vitest'
import { requestIn, verificationAddress } from '../../src/websub/subscription-request.ts'

const FORM = { 'hub.mode': 'subscribe', 'hub.topic': 'https://a.example/feeds/all.atom', 'hub.callback': 'https://reader.example/cb?id=1' }
const reading = (changes: Readonly<Record<string, string>> = {}) => requestIn(new URLSearchParams({ ...FORM, ...changes }))

describe('requestIn', () => {
  it('reads what is asked for', () => {
    expect(reading({ 'hub.secret': 's', 'hub.lease_seconds': '3600' })).toEqual({
      kind: 'request',
      request: {
        mode: 'subscribe',
        topic: 'https://a.example/feeds/all.atom',
        callback: 'https://reader.example/cb?id=1',
        secret: 's',
        leaseSeconds: 3600,
      },
    })
  })

  for (const lease of ['', '-1', 'forever', '1e3', '9'.repeat(13)])
    it(`takes the lease "${lease}" for no wish`, () => {
      const found = reading({ 'hub.lease_seconds': lease })
      expect(found.kind === 'request' && Object.hasOwn(found.request, 'leaseSeconds')).toBe(false)
    })

  it('takes an empty secret for none', () => expect(reading({ 'hub.secret': '' })).toMatchObject({ request: { secret: null } }))

  const refusals: readonly [name: string, changes: Readonly<Record<string, string>>][] = [
    ['another mode', { 'hub.mode': 'denied' }],
    ['news of a change', { 'hub.mode': 'publish' }],
    ['no topic', { 'hub.topic': '' }],
    ['a topic without end', { 'hub.topic': `https://a.example/${'x'.repeat(2_000)}` }],
    ['a callback that is no address', { 'hub.callback': '/cb' }],
    ['a callback of another scheme', { 'hub.callback': 'ftp://reader.example/' }],
    ['a callback with a password', { 'hub.callback': 'https://a:b@reader.example/' }],
    ['a callback with a fragment', { 'hub.callback': 'https://reader.example/#x' }],
    ['a callback that is long once it is encoded', { 'hub.callback': `https://reader.example/${'外'.repeat(500)}` }],
    ['a secret of 200 bytes', { 'hub.secret': 's'.repeat(200) }],
    ['a secret of fewer characters and more bytes', { 'hub.secret': '密'.repeat(67) }],
  ]
  for (const [name, changes] of refusals) it(`refuses ${name}`, () => expect(reading(changes).kind).toBe('refused'))
})

describe('verificationAddress', () => {
  const cases: readonly [callback: string, address: string][] = [
    ['https://r.example/cb', 'https://r.example/cb?hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F'],
    ['https://r.example/cb?', 'https://r.example/cb?hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F'],
    ['https://r.example/cb?a=%20b&c', 'https://r.example/cb?a=%20b&c&hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F'],
  ]
  for (const [callback, address] of cases)
    it(`keeps the query of ${callback} as it stands`, () =>
      expect(verificationAddress(callback, { 'hub.mode': 'subscribe', 'hub.topic': 'https://a.example/' })).toBe(address))
})
