import type { Agent } from 'undici'
import type { Validators } from '../domain/poll.ts'
import type { Clock } from '../domain/time.ts'
import { FetchFailure } from './fetch-failure.ts'
import { type FailedFetch, type FetchedDocument, type FetchOutcome, failed } from './fetch-outcome.ts'
import { freshForMs } from './freshness.ts'
import { given, headerList, headerValue, validatorsOf } from './header-values.ts'
import { basicAuthorization, requestHeaders, sendableValidators } from './request-headers.ts'
import { isRedirect, type Route } from './route.ts'
import { type Answer, send, type Wanted } from './send.ts'
import { serverName } from './server-name.ts'
import { statusFailure } from './status-failure.ts'
import { unpacked } from './unpack.ts'

/** How much of a body is read. */
export interface BodyLimits {
  /** Before decompression. */
  readonly maxWireBytes: number
  /** After decompression. */
  readonly maxBytes: number
}

/** What is the same for every request of one fetch. */
export interface ExchangeOptions extends BodyLimits {
  readonly url: string
  readonly userAgent: string
  readonly accept?: string
  readonly validators: Validators
  readonly now: Clock
}

// A redirect's body is read so that its connection can be used again, but not if that costs more than a new one.
const MAX_REDIRECT_BYTES = 16 * 1024

/** An answer that points elsewhere; `location` is as received. */
export interface Redirect {
  readonly kind: 'redirect'
  readonly status: number
  readonly location: string | undefined
}

/**
 * Gives what sends one request along a route and reads its answer. Credentials in the address of the fetch go to its
 * origin alone, validators to every address on the way.
 *
 * What it gives rejects with whatever undici, zlib or the guard has to say.
 */
export function exchanger(agent: Agent, options: ExchangeOptions): (route: Route, signal: AbortSignal) => Promise<FetchOutcome | Redirect> {
  const { url, userAgent, accept } = options
  const validators = sendableValidators(options.validators)
  const start = new URL(url)
  const anonymous = requestHeaders({ userAgent, accept, validators })
  const identified = requestHeaders({ userAgent, accept, validators, authorization: basicAuthorization(start) })

  return async (route, signal) => {
    const headers = route.url.origin === start.origin ? identified : anonymous
    const answer = await send(agent, { method: 'GET', url: route.url, headers }, status => wanted(status, options), signal)
    return answered(answer, route, validators, options)
  }
}

function wanted(status: number, { maxWireBytes }: BodyLimits): Wanted {
  if (isRedirect(status) || status === 304) return { maxBytes: MAX_REDIRECT_BYTES }
  if (!isDocument(status)) return { maxBytes: 0 }
  return {
    maxBytes: maxWireBytes,
    otherwise: () => new FetchFailure('too-large', `The body is larger than ${maxWireBytes} bytes transferred.`),
  }
}

/** 206 is a part, and nobody asked for one. */
function isDocument(status: number): boolean {
  return status >= 200 && status < 300 && status !== 206
}

function answered(answer: Answer, route: Route, sent: Validators, options: ExchangeOptions): FetchOutcome | Redirect {
  const { status, headers } = answer
  if (isRedirect(status)) return { kind: 'redirect', status, location: headerValue(headers, 'location') }
  if (status === 304) return notModified(answer, route, sent)
  if (isDocument(status)) return fetched(answer, route, options)
  return statusFailure(status, headers, serverName(route.url), options.now())
}

function notModified({ headers }: Answer, { url, movedTo }: Route, sent: Validators): FetchOutcome {
  if (sent.etag === undefined && sent.lastModified === undefined)
    return failed('server-error', `${serverName(url)} answered 304 Not Modified to a request without validators.`)
  return {
    kind: 'not-modified',
    validators: { ...sent, ...validatorsOf(headers) },
    ...given({ freshForMs: freshForMs(headers, 304), movedTo }),
  }
}

function fetched({ status, headers, body }: Answer, route: Route, { maxBytes }: ExchangeOptions): FetchedDocument | FailedFetch {
  const bytes = unpacked(body, headerList(headers, 'content-encoding'), maxBytes)
  if (bytes.length === 0) return failed('unreadable', `${serverName(route.url)} answered ${status} with an empty body.`)
  return {
    kind: 'ok',
    url: route.url.href,
    status,
    bytes,
    validators: validatorsOf(headers),
    ...given({
      contentType: headerValue(headers, 'content-type'),
      contentLocation: headerValue(headers, 'content-location'),
      linkHeader: headerList(headers, 'link'),
      freshForMs: freshForMs(headers, status),
      movedTo: route.movedTo,
    }),
  }
}
