import type { z } from 'zod'
import { isLoopbackHost } from '../domain/loopback-host.ts'
import type { LooseConfig } from './loose-config.ts'
import type { server } from './server-schema.ts'

/** How the HTTP server is to be reached, and by whom. */
export interface ServerSettings {
  readonly host: string
  readonly port: number
  /** IP addresses, and networks such as `10.0.0.0/8`. */
  readonly trustedProxies: readonly string[]
  /** Files, absolute. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Who may read the document of incidents. */
  readonly operator?: { readonly user: string; readonly password: string }
}

/**
 * Turns the keys under `server` into our own units.
 *
 * @param around.path resolves a path of the config
 * @param around.filled fills in what comes from the environment
 */
export function toServerSettings(
  { host, port, trusted_proxies: trustedProxies, tls, operator }: z.output<typeof server>,
  around: { readonly path: (text: string) => string; readonly filled: (text: string, path: readonly PropertyKey[]) => string },
): ServerSettings {
  const { path, filled } = around
  return {
    ...{ host, port, trustedProxies },
    ...(tls === undefined ? {} : { tls: { cert: path(tls.cert), key: path(tls.key) } }),
    ...(operator === undefined
      ? {}
      : { operator: { user: operator.user, password: filled(operator.password, ['server', 'operator', 'password']) } }),
  }
}

/** Why a login for the operator would be readable on its way; undefined where nothing speaks for it. */
export function loginExposure({ host, tls, trusted_proxies: proxies, operator }: LooseConfig['server']): string | undefined {
  const isCovered = operator === undefined || tls !== undefined || proxies.length > 0 || isLoopbackHost(host)
  return isCovered ? undefined : `the password travels unencrypted: "${host}" is reached from elsewhere without \`tls\` or a trusted proxy`
}
