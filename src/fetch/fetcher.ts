import type { Validators } from '../domain/poll.ts'
import type { Clock } from '../domain/time.ts'
import { exchanger, type Redirect } from './exchange.ts'
import type { FailedFetch, FetchOutcome } from './fetch-outcome.ts'
import { formExchanger, type PostOutcome } from './form-exchange.ts'
import { guardedAgent } from './guarded-agent.ts'
import type { Lookup } from './guarded-connector.ts'
import { networkFailure } from './network-failure.ts'
import { politeQueue } from './polite-queue.ts'
import { type Route, redirected, routeFrom } from './route.ts'
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

/** A form to post; `form` is `application/x-www-form-urlencoded`. */
export interface PostRequest {
  readonly url: string
  readonly form: string
}

/** Fetches documents politely. */
export interface Fetcher {
  /** Fetches a document; never rejects for anything the network does. Aborting `signal` ends it as `interrupted`. */
  readonly fetch: (request: FetchRequest, signal?: AbortSignal) => Promise<FetchOutcome>
  /** Posts a form under the same guard, limits and manners; 307 and 308 are followed. Never rejects for anything the network does. */
  readonly post: (request: PostRequest, signal?: AbortSignal) => Promise<PostOutcome>
  /** Interrupts what runs and waits, and closes every connection. Fetches after it end as `interrupted`. */
  readonly close: () => Promise<void>
}

/** Opens a fetcher; `close` it when done. */
export function createFetcher(options: FetchOptions): Fetcher {
  const agent = guardedAgent(options)
  const queue = politeQueue(options)
  const closing = new AbortController()
  const { userAgent, now, maxBytes, maxWireBytes = maxBytes } = options

  async function fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchOutcome> {
    return along(request.url, () => exchanger(agent, { ...request, userAgent, maxBytes, maxWireBytes, now }), signal)
  }

  async function post({ url, form }: PostRequest, signal?: AbortSignal): Promise<PostOutcome> {
    return along(url, () => formExchanger(agent, { form, userAgent, allowHosts: options.allowHosts, now }), signal)
  }

  /** Sends a request to where its redirects lead, each step in its server's turn. */
  async function along<T extends object>(
    url: string,
    open: () => (route: Route, stop: AbortSignal) => Promise<T | Redirect>,
    signal: AbortSignal | undefined,
  ): Promise<T | FailedFetch> {
    const start = routeFrom(url)
    if (start.kind === 'failed') return start
    const stops = signal === undefined ? [closing.signal] : [signal, closing.signal]
    const exchange = open()
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
        if (!isRedirectStep(step)) return step
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

  return { fetch, post, close }
}

function isRedirectStep(step: object): step is Redirect {
  return 'kind' in step && step.kind === 'redirect'
}
