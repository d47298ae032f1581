import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns'
import { isIP, isIPv6, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { FetchFailure } from './fetch-failure.ts'
import { isPublicAddress } from './public-address.ts'
import { defaultPort } from './server-name.ts'

/** Finds all addresses of a name, as `dns.lookup` does with `all: true`. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Whom connections may be opened to, and how long opening one may take. */
export interface ConnectorOptions {
  /** `host` (any port) or `host:port`, IPv6 in brackets: where addresses outside the public internet are allowed. */
  readonly allowHosts: readonly string[]
  readonly timeoutMs: number
  readonly lookup?: Lookup
}

/**
 * Opens connections to public addresses only, HTTP/1.1 only. A name one of whose addresses is not public is refused
 * whole. The check sits between name resolution and connecting, so a name cannot answer differently in between.
 *
 * Refusals come to the callback as `FetchFailure` with reason `refused-address`.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const lookup = options.lookup ?? systemLookup
  const common = { allowH2: false, timeout: options.timeoutMs }
  const connectAnywhere = buildConnector({ ...common, lookup: lookupFunction(lookup, () => true) })
  const connectToPublic = buildConnector({ ...common, lookup: lookupFunction(lookup, isPublicAddress) })
  const allowed = new Set(options.allowHosts.map(host => host.toLowerCase()))

  return (target, callback) => {
    if (isAllowed(target, allowed)) connectAnywhere(target, callback)
    // A literal address never reaches the lookup.
    else if (isIP(target.hostname) !== 0 && !isPublicAddress(target.hostname)) callback(refusal(target.hostname), null)
    else connectToPublic(target, callback)
  }
}

function isAllowed({ hostname, port, protocol }: buildConnector.Options, allowed: ReadonlySet<string>): boolean {
  if (allowed.size === 0) return false
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname
  return allowed.has(host) || allowed.has(`${host}:${port || defaultPort(protocol)}`)
}

function lookupFunction(lookup: Lookup, isAcceptable: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0]
      if (error !== null) return callback(error, '')
      if (first === undefined) return callback(new FetchFailure('dns', `${hostname} has no address.`), '')
      const refused = addresses.find(({ address }) => !isAcceptable(address))
      if (refused !== undefined) return callback(refusal(refused.address, hostname), '')
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family)
    })
}

function refusal(address: string, hostname?: string): FetchFailure {
  const subject = hostname === undefined ? address : `${hostname} resolves to ${address}, which`
  return new FetchFailure('refused-address', `${subject} is not an address on the public internet.`)
}
