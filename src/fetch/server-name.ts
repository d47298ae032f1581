/** Names the server behind an address as `host:port`, IPv6 in brackets: the unit of politeness. */
export function serverName(url: URL): string {
  return `${url.hostname}:${url.port || defaultPort(url.protocol)}`
}

/** The port an `http:` or `https:` address means when it names none. */
export function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}
