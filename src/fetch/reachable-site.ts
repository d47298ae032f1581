import { isIP } from 'node:net'
import { isAtAllowedHost } from './allowed-host.ts'
import { isPublicAddress } from './public-address.ts'

// RFC 6761, 6762, 7686, 8375, and `internal`, which ICANN keeps out of the public DNS.
const SPECIAL_NAMES = /(?:^|\.)(?:localhost|local|internal|home\.arpa|test|example|invalid|onion)$/

/**
 * Tells whether others on the internet could ask for an address: its host is a public IP address, or a name that may
 * stand in the public DNS. No name is looked up.
 *
 * @param allowHosts `host` (any port) or `host:port`: hosts of the operator's own network that count as reachable there
 */
export function isReachableSite(address: string, allowHosts: readonly string[]): boolean {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  if (isAtAllowedHost(url, allowHosts)) return true
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(host) !== 0) return isPublicAddress(host)
  return host.includes('.') && !SPECIAL_NAMES.test(host)
}
