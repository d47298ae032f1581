import type { PollResult } from '../../src/domain/poll.ts'

/** Where a redirect leads to do harm, and what following it must come to. */
export interface HostileRedirect {
  readonly name: string
  /** @param port of a server on loopback that nobody may talk to; @param own `host:port` of the one that redirects */
  readonly location: (port: number, own: string) => string
  readonly result: PollResult
  readonly detail: RegExp
}

/** Addresses outside the public internet, as they can be written in a URL. */
export const INNER_HOSTS: readonly string[] = [
  // Loopback in all the ways a URL has of writing it.
  ...['127.0.0.1', '127.0.0.1.', '127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '017700000001', '127.255.255.254'],
  ...['%31%32%37.0.0.1', '１２７.０.０.１', '127。0。0。1', '①②⑦.0.0.1', '0', '0.0.0.0'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...['localhost', 'LOCALHOST'],
  // IPv4 inside IPv6: NAT64 (RFC 6052, RFC 8215), 6to4, Teredo.
  ...['[64:ff9b::7f00:1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]'],
  // What clouds tell their machines.
  ...['169.254.169.254', '[fd00:ec2::254]', '[::ffff:a9fe:a9fe]', '[64:ff9b::a9fe:a9fe]', '2852039166'],
  // Private, link-local, shared, benchmarking, documentation, multicast, reserved.
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.0.1', '100.64.0.1', '198.18.0.1', '192.0.0.8'],
  ...['192.0.2.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['[fe80::1]', '[fc00::1]', '[fd12:3456::1]', '[fec0::1]', '[ff02::1]', '[2001:db8::1]', '[100::1]'],
]

const refused = { result: 'refused-address', detail: /is not an address on the public internet\.$/ } as const
const noAddress = { result: 'refused-address', detail: /leads to a \w+: address; only http: and https: are fetched\.$/ } as const
const useless = { result: 'server-error', detail: /redirects \(302\) without a usable Location\.$/ } as const

/** Every redirect of the suite, each under a name of its own. */
export const HOSTILE_REDIRECTS: readonly HostileRedirect[] = [
  ...INNER_HOSTS.map((host): HostileRedirect => ({ name: `to ${host}`, location: port => `http://${host}:${port}/`, ...refused })),
  { name: 'to loopback behind credentials', location: port => `http://feeds.example@127.0.0.1:${port}/`, ...refused },
  { name: 'to loopback behind a backslash', location: port => `http://127.0.0.1:${port}\\@feeds.example/`, ...refused },
  { name: 'to loopback without a scheme', location: port => `//127.0.0.1:${port}/`, ...refused },
  { name: 'to loopback over TLS', location: port => `https://127.0.0.1:${port}/`, ...refused },
  { name: 'to loopback behind white space', location: port => `\t http://127.0.0.1:${port}/`, ...refused },
  ...['file:///etc/passwd', 'data:text/xml,<rss/>', 'javascript:alert(1)', 'ftp://feeds.example/', 'gopher://127.0.0.1:25/', 'blob:x'].map(
    (location): HostileRedirect => ({ name: `to ${location}`, location: () => location, ...noAddress }),
  ),
  { name: 'to an address that is none', location: () => 'http://[::1', ...useless },
  { name: 'to an address with a zone', location: port => `http://[fe80::1%25lo]:${port}/`, ...useless },
  { name: 'to a port that is none', location: () => 'http://feeds.example:99999/', ...useless },
  { name: 'to nothing', location: () => '', ...useless },
  { name: 'to itself', location: () => '/feed', result: 'too-many-redirects', detail: /redirects in a loop\.$/ },
  { name: 'to itself with a fragment', location: () => '/feed#1', result: 'too-many-redirects', detail: /redirects in a loop\.$/ },
]
