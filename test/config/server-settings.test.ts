import { describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { loginExposure, toServerSettings } from '../../src/config/server-settings.ts'

const around = { path: (text: string) => `/etc/kakehashi/${text}`, filled: (text: string) => text.replace('${KEY}', 's3cret') }

function settings(server: unknown) {
  return toServerSettings(configSchema.parse({ server }).server, around)
}

describe('the keys under server', () => {
  it('serve this machine alone unless told otherwise, and believe nobody', () =>
    expect(settings({})).toEqual({ host: '127.0.0.1', port: 8080, trustedProxies: [] }))

  it('name files from the config on, and fill the password in', () =>
    expect(
      settings({
        tls: { cert: 'cert.pem', key: 'key.pem' },
        operator: { user: '運営者', password: '${KEY}' },
        trusted_proxies: ['::1', 'fd00::/8'],
      }),
    ).toMatchObject({
      tls: { cert: '/etc/kakehashi/cert.pem', key: '/etc/kakehashi/key.pem' },
      operator: { user: '運営者', password: 's3cret' },
      trustedProxies: ['::1', 'fd00::/8'],
    }))

  const wrong: readonly [name: string, server: unknown][] = [
    ['a host name as a proxy', { trusted_proxies: ['proxy.example'] }],
    ['a network that is none', { trusted_proxies: ['10.0.0.0/33'] }],
    ['a network of two sizes', { trusted_proxies: ['10.0.0.0/8/8'] }],
    ['a certificate without its key', { tls: { cert: 'cert.pem' } }],
    ['a name with a colon, which HTTP Basic cannot carry', { operator: { user: 'a:b', password: 'c' } }],
    ['an empty password', { operator: { user: 'a', password: '' } }],
  ]
  for (const [name, server] of wrong) it(`refuse ${name}`, () => expect(configSchema.safeParse({ server }).success).toBe(false))
})

describe('loginExposure', () => {
  const operator = { user: 'a', password: 'b' }
  const cases: readonly [name: string, server: object, isExposed: boolean][] = [
    ['a login at every address', { host: '0.0.0.0', operator }, true],
    ['the same with a certificate', { host: '0.0.0.0', operator, tls: { cert: 'a', key: 'b' } }, false],
    ['the same behind a proxy', { host: '0.0.0.0', operator, trusted_proxies: ['10.0.0.1'] }, false],
    ['a login at this machine', { operator }, false],
    ['no login', { host: '0.0.0.0' }, false],
  ]
  for (const [name, server, isExposed] of cases)
    it(`${isExposed ? 'warns of' : 'has nothing against'} ${name}`, () =>
      expect(loginExposure(configSchema.parse({ server }).server) !== undefined).toBe(isExposed))
})
