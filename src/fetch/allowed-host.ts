import { serverName } from './server-name.ts'

/**
 * Tells whether an address is at one of the hosts the operator vouches for.
 *
 * @param allowHosts `host` (any port) or `host:port`, IPv6 in brackets
 */
export function isAtAllowedHost(address: URL, allowHosts: readonly string[]): boolean {
  return allowHosts.some(host => [address.hostname, serverName(address)].includes(host.toLowerCase()))
}
