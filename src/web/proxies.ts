import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Where a request came from: the client and what it asked, as far as those who passed it on can be believed. */
export interface RequestOrigin {
  /** IP address. */
  readonly client: string
  readonly scheme: 'http' | 'https'
  readonly host: string
}

/** Whether what an address says in `X-Forwarded-*` headers is believed. */
export type ProxyTrust = (address: string) => boolean

/**
 * Reads a list of trusted proxies.
 *
 * @param trusted IP addresses, and networks such as `10.0.0.0/8`; what is neither is nobody
 */
export function proxyTrust(trusted: readonly string[]): ProxyTrust {
  const list = new BlockList()
  for (const entry of trusted) {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? []
    const [family, most] = isIP(address) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const)
    if (isIP(address) === 0 || Number(bits ?? 0) > most) continue
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return address => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Tells where a request came from. `X-Forwarded-For` is read from its end, where the nearest proxy wrote: the first
 * address that is no trusted proxy is the client, and what stands before it is hearsay. `X-Forwarded-Proto` and
 * `X-Forwarded-Host` count where the peer is trusted.
 */
export function requestOrigin(
  peer: { readonly address: string; readonly isEncrypted: boolean },
  headers: IncomingHttpHeaders,
  isTrusted: ProxyTrust,
): RequestOrigin {
  const own: RequestOrigin = { client: plainAddress(peer.address), scheme: peer.isEncrypted ? 'https' : 'http', host: headers.host ?? '' }
  if (!isTrusted(own.client)) return own
  const proto = last(headers['x-forwarded-proto'])
  const host = last(headers['x-forwarded-host'])
  return {
    client: clientOf(own.client, valuesOf(headers['x-forwarded-for']), isTrusted),
    scheme: proto === 'https' || proto === 'http' ? proto : own.scheme,
    host: host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? host : own.host,
  }
}

function clientOf(peer: string, forwardedFor: readonly string[], isTrusted: ProxyTrust): string {
  let client = peer
  for (const address of forwardedFor.toReversed().map(plainAddress)) {
    if (isIP(address) === 0 || !isTrusted(client)) break
    client = address
  }
  return client
}

/** Dual-stack sockets name IPv4 peers as `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function valuesOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header?.join() ?? '')
  return text.split(',').map(value => value.trim())
}

function last(header: string | readonly string[] | undefined): string | undefined {
  return header === undefined ? undefined : valuesOf(header).at(-1)?.toLowerCase()
}
