import type { Agent, Dispatcher } from 'undici'
import type { Validators } from '../domain/poll.ts'
import type { Clock } from '../domain/time.ts'
import { type FailedFetch, type FetchedDocument, type FetchOutcome, failed } from './fetch-outcome.ts'
import { freshForMs } from './freshness.ts'
import { given, headerList, headerValue, validatorsOf } from './header-values.ts'
import { basicAuthorization, requestHeaders, sendableValidators } from './request-headers.ts'
import { type BodyLimits, readBody } from './response-body.ts'
import { isRedirect, type Route } from './route.ts'
import { serverName } from './server-name.ts'
import { statusFailure } from './status-failure.ts'

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
    const { origin, pathname, search } = route.url
    const headers = origin === start.origin ? identified : anonymous
    const response = await agent.request({ origin, path: pathname + search, method: 'GET', headers, signal })
    // Every way a body can fail is seen by whoever reads it; one that nobody reads may fail in peace.
    response.body.on('error', () => undefined)
    return await answered(response, route, validators, options)
  }
}

async function answered(
  response: Dispatcher.ResponseData,
  route: Route,
  sent: Validators,
  options: ExchangeOptions,
): Promise<FetchOutcome | Redirect> {
  const { statusCode: status, headers, body } = response
  if (isRedirect(status)) {
    await body.dump({ limit: MAX_REDIRECT_BYTES })
    return { kind: 'redirect', status, location: headerValue(headers, 'location') }
  }
  if (status === 304) {
    body.resume()
    return notModified(response, route, sent)
  }
  // 206 is a part, and nobody asked for one.
  if (status >= 200 && status < 300 && status !== 206) return await fetched(response, route, options)
  body.destroy()
  return statusFailure(status, headers, serverName(route.url), options.now())
}

function notModified({ headers }: Dispatcher.ResponseData, { url, movedTo }: Route, sent: Validators): FetchOutcome {
  if (sent.etag === undefined && sent.lastModified === undefined)
    return failed('server-error', `${serverName(url)} answered 304 Not Modified to a request without validators.`)
  return {
    kind: 'not-modified',
    validators: { ...sent, ...validatorsOf(headers) },
    ...given({ freshForMs: freshForMs(headers, 304), movedTo }),
  }
}

async function fetched(response: Dispatcher.ResponseData, route: Route, options: ExchangeOptions): Promise<FetchedDocument | FailedFetch> {
  const { statusCode: status, headers, body } = response
  const bytes = await readBody(body, headers, options)
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
