import { Agent } from 'undici'
import type { Validators } from '../domain/poll.ts'
import type { Clock } from '../domain/time.ts'
import { exchanger } from './exchange.ts'
import type { FetchOutcome } from './fetch-outcome.ts'
import { guardedConnector, type Lookup } from './guarded-connector.ts'
import { networkFailure } from './network-failure.ts'
import { politeQueue } from './polite-queue.ts'
import { redirected, routeFrom } from './route.ts'
import { serverName } from './server-name.ts'
import { interruption, withTimeLimit } from './time-limit.ts'

/** How a fetcher behaves towards the servers it asks. */
export interface FetchOptions {
  readonly userAgent: string
  /** For one fetch with all its redirects; waiting for a turn does not count. */
  readonly timeoutMs: number
  /** The largest body after decompression. */
  readonly maxBytes: number
  /** The largest body before decompression; `maxBytes` unless given. */
  readonly maxWireBytes?: number
  /** Requests in flight, over all. */
  readonly concurrency: number
  /** Requests in flight to one `host:port`. */
  readonly perHost: number
  /** `host` (any port) or `host:port`, IPv6 in brackets: where addresses outside the public internet are allowed. */
  readonly allowHosts: readonly string[]
  readonly now: Clock
  /** Resolves names; the system does unless given. */
  readonly lookup?: Lookup
}

/** What is wanted, and what we have of it. */
export interface FetchRequest {
  /** Userinfo becomes Basic authentication, for this origin alone. */
  readonly url: string
  readonly validators: Validators
  /** Media types instead of those of feeds. */
  readonly accept?: string
}

/** Fetches documents politely. */
export interface Fetcher {
  /** Fetches a document; never rejects for anything the network does. Aborting `signal` ends it as `interrupted`. */
  readonly fetch: (request: FetchRequest, signal?: AbortSignal) => Promise<FetchOutcome>
  /** Interrupts what runs and waits, and closes every connection. Fetches after it end as `interrupted`. */
  readonly close: () => Promise<void>
}

// Twice what Node's own server takes from a client by default.
const MAX_HEADER_BYTES = 32 * 1024

/** Opens a fetcher; `close` it when done. */
export function createFetcher(options: FetchOptions): Fetcher {
  const agent = agentFor(options)
  const queue = politeQueue(options)
  const closing = new AbortController()
  const { userAgent, now, maxBytes, maxWireBytes = maxBytes } = options

  async function fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchOutcome> {
    const start = routeFrom(request.url)
    if (start.kind === 'failed') return start
    const stops = signal === undefined ? [closing.signal] : [signal, closing.signal]
    const exchange = exchanger(agent, { ...request, userAgent, maxBytes, maxWireBytes, now })
    let route = start
    let leftMs = options.timeoutMs
    const timed = async () => {
      const startedAt = now()
      const step = await withTimeLimit(leftMs, stops, stop => exchange(route, stop))
      leftMs -= Math.max(now() - startedAt, 0)
      return step
    }
    try {
      for (;;) {
        // What has begun goes before what waits.
        const step = await queue.run(serverName(route.url), timed, route.asked.length, signal)
        if (step.kind !== 'redirect') return step
        const next = redirected(route, step.status, step.location)
        if (next.kind === 'failed') return next
        route = next
      }
    } catch (error) {
      return networkFailure(stops.some(({ aborted }) => aborted) ? interruption() : error, serverName(route.url))
    }
  }

  async function close(): Promise<void> {
    closing.abort()
    queue.clear()
    await agent.destroy()
  }

  return { fetch, close }
}

function agentFor({ allowHosts, lookup, timeoutMs, perHost }: FetchOptions): Agent {
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
