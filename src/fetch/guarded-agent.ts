import { Agent } from 'undici'
import { type ConnectorOptions, guardedConnector } from './guarded-connector.ts'

// Twice what Node's own server takes from a client by default.
const MAX_HEADER_BYTES = 32 * 1024

/**
 * Opens the connections of a client, to public addresses and those the operator vouches for alone.
 *
 * @param options.perHost connections to one `host:port`
 */
export function guardedAgent({ allowHosts, lookup, timeoutMs, perHost }: ConnectorOptions & { readonly perHost: number }): Agent {
  return new Agent({
    connect: guardedConnector({ allowHosts, timeoutMs, ...(lookup !== undefined && { lookup }) }),
    allowH2: false,
    connections: perHost,
    maxHeaderSize: MAX_HEADER_BYTES,
    // `withTimeLimit` is the one clock of a fetch: a server that drips outwits a limit that starts again with each byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Long enough for a redirect and the next page of a feed; a poll comes back in minutes, whatever a server offers.
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 10_000,
  })
}
