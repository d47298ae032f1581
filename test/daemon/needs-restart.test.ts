import { describe, expect, it } from 'vitest'
import { describePending, pendingSettings } from '../../src/daemon/needs-restart.ts'

const STARTED = { server: { host: '127.0.0.1', port: 8080, trustedProxies: [] }, storeFile: '/srv/state.db', logLevel: 'info' } as const

describe('pendingSettings', () => {
  it('names each setting that differs from the one the service started with', () => {
    const current = {
      server: { host: '::', port: 9090, trustedProxies: ['10.0.0.0/8'] },
      storeFile: '/srv/other.db',
      logLevel: 'debug',
    } as const
    expect(pendingSettings(STARTED, current).map(describePending)).toEqual([
      'server.host: "::" takes effect after a restart, "127.0.0.1" is in force',
      'server.port: "9090" takes effect after a restart, "8080" is in force',
      'server.trusted_proxies: "10.0.0.0/8" takes effect after a restart, "" is in force',
      'store.file: "/srv/other.db" takes effect after a restart, "/srv/state.db" is in force',
      'log.level: "debug" takes effect after a restart, "info" is in force',
    ])
  })

  it('names none where all is as it was', () => expect(pendingSettings(STARTED, structuredClone(STARTED))).toEqual([]))
})
