import { describe, expect, it } from 'vitest'
import { isPublicAddress } from '../../src/fetch/public-address.ts'

const PRIVATE = [
  ['loopback', '127.0.0.1'],
  ['the rest of the loopback network', '127.255.255.254'],
  ['the unspecified address', '0.0.0.0'],
  ['private 10/8', '10.1.2.3'],
  ['private 172.16/12', '172.31.0.1'],
  ['private 192.168/16', '192.168.0.1'],
  ['link-local, where clouds keep their metadata', '169.254.169.254'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['benchmarking', '198.18.0.1'],
  ['documentation', '203.0.113.7'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['IPv6 loopback', '::1'],
  ['IPv6 unspecified', '::'],
  ['IPv4 mapped into IPv6', '::ffff:127.0.0.1'],
  ['IPv4 mapped into IPv6, in hexadecimal', '::ffff:7f00:1'],
  ['IPv4-compatible IPv6', '::7f00:1'],
  ['IPv4-translated IPv6', '::ffff:0:127.0.0.1'],
  ['unique local', 'fd00::1'],
  ['IPv6 link-local with a zone', 'fe80::1%eth0'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['local NAT64', '64:ff9b:1::7f00:1'],
  ['6to4', '2002:7f00:1::'],
  ['Teredo', '2001::1'],
  ['IPv6 documentation', '2001:db8::1'],
  ['unassigned IPv6', '4000::1'],
  ['a name', 'localhost'],
  ['nothing', ''],
] as const

describe('isPublicAddress', () => {
  for (const [name, address] of PRIVATE) it(`refuses ${name} (${address})`, () => expect(isPublicAddress(address)).toBe(false))

  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2001:4860:4860::8888', '::ffff:8.8.8.8'])
    it(`takes ${address}`, () => expect(isPublicAddress(address)).toBe(true))
})
