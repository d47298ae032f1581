import type { Config } from '../config/config.ts'

/** A setting that is read when the service starts, as it is in force and as the config now has it. */
export interface PendingSetting {
  readonly key: string
  readonly inForce: string
  readonly configured: string
}

type StartSettings = Pick<Config, 'server' | 'storeFile' | 'logLevel'>

/** The settings that a running service does not follow, where the config has changed since it started. */
export function pendingSettings(started: StartSettings, current: StartSettings): readonly PendingSetting[] {
  const values = (config: StartSettings): readonly (readonly [key: string, value: string])[] => [
    ['server.host', config.server.host],
    ['server.port', String(config.server.port)],
    ['server.trusted_proxies', config.server.trustedProxies.join(', ')],
    ['server.tls', Object.values(config.server.tls ?? {}).join(', ')],
    ['store.file', config.storeFile],
    ['log.level', config.logLevel],
  ]
  const now = new Map(values(current))
  return values(started).flatMap(([key, inForce]) => {
    const configured = now.get(key) ?? inForce
    return configured === inForce ? [] : [{ key, inForce, configured }]
  })
}

/** A pending setting as `status` shows it. */
export function describePending({ key, inForce, configured }: PendingSetting): string {
  return `${key}: "${configured}" takes effect after a restart, "${inForce}" is in force`
}
