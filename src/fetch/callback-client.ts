import type { Clock } from '../domain/time.ts'
import { type FailedFetch, failed } from './fetch-outcome.ts'
import { guardedAgent } from './guarded-agent.ts'
import type { Lookup } from './guarded-connector.ts'
import { networkFailure } from './network-failure.ts'
import { politeQueue } from './polite-queue.ts'
import { isRedirect } from './route.ts'
import { type Sent, send } from './send.ts'
import { serverName } from './server-name.ts'
import { statusFailure } from './status-failure.ts'
import { interruption, withTimeLimit } from './time-limit.ts'

/** How a hub behaves towards the callbacks of its subscribers. */
export interface CallbackClientOptions {
  readonly userAgent: string
  /** For one request; waiting for a turn does not count. */
  readonly timeoutMs: number
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

/** What is delivered. */
export interface CallbackContent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What a callback answered: a 2xx with the beginning of its text, or anything else, which is a failure. */
export type CallbackOutcome = { readonly kind: 'accepted'; readonly text: string } | FailedFetch

/**
 * Speaks to callbacks, which strangers name: guarded, a few at a time, never further than the address named (WebSub §5.3 and
 * §7 take a redirect for a failure). Never rejects for anything the network does.
 */
export interface CallbackClient {
  readonly ask: (url: string, signal?: AbortSignal) => Promise<CallbackOutcome>
  /**
   * Posts content.
   *
   * @param compose gives the content when it is its turn, so that what waits takes no memory; undefined sends nothing
   */
  readonly deliver: (
    url: string,
    compose: () => Promise<CallbackContent | undefined>,
    signal?: AbortSignal,
  ) => Promise<CallbackOutcome | { readonly kind: 'nothing-sent' }>
  /** Interrupts what runs and waits, and closes every connection. */
  readonly close: () => Promise<void>
}

// A challenge, or nothing at all.
const MAX_ANSWER_BYTES = 1_000
// Those who have confirmed do not wait behind those who may never answer.
const SUBSCRIBERS = 1
const STRANGERS = 0

/** Opens a client; `close` it when done. */
export function openCallbackClient(options: CallbackClientOptions): CallbackClient {
  const { userAgent, timeoutMs, now } = options
  const agent = guardedAgent(options)
  const queue = politeQueue(options)
  const closing = new AbortController()

  async function exchange(sent: Sent, stop: AbortSignal): Promise<CallbackOutcome> {
    const { status, headers, body } = await send(agent, sent, () => ({ maxBytes: MAX_ANSWER_BYTES }), stop)
    if (status >= 200 && status < 300) return { kind: 'accepted', text: body.toString('utf8') }
    if (isRedirect(status)) return failed('client-error', `${serverName(sent.url)} redirects (${status}), which no callback may.`)
    return statusFailure(status, headers, serverName(sent.url), now())
  }

  async function inTurn<T>(
    address: string,
    priority: number,
    signal: AbortSignal | undefined,
    work: (url: URL, stop: AbortSignal) => Promise<T>,
  ) {
    const url = new URL(address)
    const stops = signal === undefined ? [closing.signal] : [signal, closing.signal]
    try {
      return await queue.run(serverName(url), () => withTimeLimit(timeoutMs, stops, stop => work(url, stop)), priority, signal)
    } catch (error) {
      return networkFailure(stops.some(({ aborted }) => aborted) ? interruption() : error, serverName(url))
    }
  }

  return {
    ask: (address, signal) =>
      inTurn(address, STRANGERS, signal, (url, stop) =>
        exchange({ method: 'GET', url, headers: { 'user-agent': userAgent, accept: '*/*' } }, stop),
      ),
    deliver: (address, compose, signal) =>
      inTurn(address, SUBSCRIBERS, signal, async (url, stop) => {
        const content = await compose()
        if (content === undefined) return { kind: 'nothing-sent' } as const
        const headers = { ...content.headers, 'user-agent': userAgent, accept: '*/*' }
        return exchange({ method: 'POST', url, headers, body: content.body }, stop)
      }),
    close: async () => {
      closing.abort()
      queue.clear()
      await agent.destroy()
    },
  }
}
