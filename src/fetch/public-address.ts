import ipaddr from 'ipaddr.js'

const GLOBAL_UNICAST_IPV6 = ipaddr.IPv6.parse('2000::')

/**
 * Tells whether an IP address belongs to the public internet: no loopback, private, link-local, shared, multicast,
 * documentation or translation range, whether IPv4, IPv6 or IPv4 mapped into IPv6. False for anything but an IP address.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  // Unassigned space counts as unicast for ipaddr.js, and so does ::7f00:1, the old way to write 127.0.0.1 in IPv6.
  // Global unicast is 2000::/3 (RFC 4291 §2.4, IANA's registry).
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST_IPV6, 3)
}
