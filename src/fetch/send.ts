import type { Agent, Dispatcher } from 'undici'
import type { FetchFailure } from './fetch-failure.ts'
import { type Headers, headerValue } from './header-values.ts'

/** One request. */
export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Record<string, string>
  readonly body?: string | Buffer
}

/** What came back: `body` as it was transferred, as far as it was wanted. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** How much of a body is wanted, which depends on what the head of the answer says. */
export interface Wanted {
  readonly maxBytes: number
  /** What a longer body ends the exchange with; without it the beginning will do. */
  readonly otherwise?: () => FetchFailure
}

/**
 * Sends a request and takes the answer as it comes in. An answer of which more comes than is wanted closes its connection.
 *
 * Rejects with what undici or the guard has to say, and with `otherwise`.
 */
export function send(
  agent: Agent,
  { method, url, headers, body }: Sent,
  wantedOf: (status: number, headers: Headers) => Wanted,
  signal: AbortSignal,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const { origin, pathname, search } = url
  agent.dispatch(
    { origin, path: pathname + search, method, headers, ...(body !== undefined && { body }) },
    new Receiver(wantedOf, signal, resolve, reject),
  )
  return promise
}

const ENOUGH = new Error('As much as was wanted has come.')

class Receiver implements Dispatcher.DispatchHandler {
  private readonly wantedOf: (status: number, headers: Headers) => Wanted
  private readonly signal: AbortSignal
  private readonly resolve: (answer: Answer) => void
  private readonly reject: (error: unknown) => void
  private readonly pieces: Buffer[] = []
  private size = 0
  private status = 0
  private headers: Headers = {}
  private wanted: Wanted = { maxBytes: 0 }

  constructor(
    wantedOf: (status: number, headers: Headers) => Wanted,
    signal: AbortSignal,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.wantedOf = wantedOf
    this.signal = signal
    this.resolve = resolve
    this.reject = reject
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const stop = () => controller.abort(this.signal.reason)
    if (this.signal.aborted) stop()
    else this.signal.addEventListener('abort', stop, { once: true })
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // RFC 9110 §15.2: the answer itself is still to come.
    if (status < 200) return
    this.status = status
    this.headers = headers
    this.wanted = this.wantedOf(status, headers)
    const announced = Number(headerValue(headers, 'content-length') ?? 0)
    if (announced > this.wanted.maxBytes && (this.wanted.otherwise !== undefined || this.wanted.maxBytes === 0)) this.stopEarly(controller)
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.size += piece.length
    this.pieces.push(piece)
    if (this.size > this.wanted.maxBytes) this.stopEarly(controller)
  }

  onResponseEnd(): void {
    const answer = { status: this.status, headers: this.headers, body: this.body() }
    // Until undici has had its turn after this one, the connection counts as busy, and the next request would open another.
    setImmediate(() => setImmediate(() => this.resolve(answer)))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.reject(error)
  }

  private stopEarly(controller: Dispatcher.DispatchController): void {
    const { otherwise, maxBytes } = this.wanted
    if (otherwise === undefined) this.resolve({ status: this.status, headers: this.headers, body: this.body().subarray(0, maxBytes) })
    else this.reject(otherwise())
    controller.abort(ENOUGH)
  }

  private body(): Buffer {
    const [first] = this.pieces
    return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces, this.size)
  }
}
