import type { Agent } from 'undici'
import type { Clock } from '../domain/time.ts'
import { isAtAllowedHost } from './allowed-host.ts'
import type { Redirect } from './exchange.ts'
import { type FailedFetch, failed } from './fetch-outcome.ts'
import { headerValue } from './header-values.ts'
import { isRedirect, type Route } from './route.ts'
import { type Answer, send, type Wanted } from './send.ts'
import { serverName } from './server-name.ts'
import { statusFailure } from './status-failure.ts'

/** What posting a form came to. */
export type PostOutcome = { readonly kind: 'accepted'; readonly status: number } | FailedFetch

/** What is the same for every request of one posting. */
export interface FormExchangeOptions {
  /** `application/x-www-form-urlencoded`. */
  readonly form: string
  readonly userAgent: string
  /** Hosts of the operator's own network. */
  readonly allowHosts: readonly string[]
  readonly now: Clock
}

// RFC 9110 §15.4: only these keep the method and what was sent with it.
const KEEPS_REQUEST = new Set([307, 308])
const MAX_ANSWER_BYTES = 16 * 1024
const MAX_REASON_BYTES = 1_000
const MAX_REASON_CHARACTERS = 200

/**
 * Gives what posts a form along a route and reads the answer's status, and of a refusal in plain text its words.
 *
 * What it gives rejects with whatever undici or the guard has to say.
 */
export function formExchanger(
  agent: Agent,
  { form, userAgent, allowHosts, now }: FormExchangeOptions,
): (route: Route, signal: AbortSignal) => Promise<PostOutcome | Redirect> {
  const headers = { 'user-agent': userAgent, accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' }
  return async ({ url }, signal) => {
    const answer = await send(agent, { method: 'POST', url, headers, body: form }, wanted, signal)
    const { status } = answer
    if (status >= 200 && status < 300) return { kind: 'accepted', status }
    if (isRedirect(status)) return redirected(answer, url, allowHosts)
    const failure = statusFailure(status, answer.headers, serverName(url), now())
    const reason = reasonIn(answer)
    return reason === '' ? failure : { ...failure, detail: `${failure.detail} It says: ${reason}` }
  }
}

/** The connection of an answer that is read to its end can be used again. */
function wanted(status: number): Wanted {
  return { maxBytes: status < 400 ? MAX_ANSWER_BYTES : MAX_REASON_BYTES }
}

function redirected({ status, headers }: Answer, url: URL, allowHosts: readonly string[]): Redirect | FailedFetch {
  const location = headerValue(headers, 'location')
  const target = location === undefined ? null : URL.parse(location, url.href)
  // Nobody outside decides what is posted to servers inside.
  if (target !== null && isAtAllowedHost(target, allowHosts) && !isAtAllowedHost(url, allowHosts))
    return failed('refused-address', `${serverName(url)} redirects what is posted to it into a network that is not its own.`)
  if (KEEPS_REQUEST.has(status)) return { kind: 'redirect', status, location }
  return failed('client-error', `${serverName(url)} redirects (${status}) what is posted to it in a way that would lose it.`)
}

/** A stranger's words: the beginning, on one line, without control characters. */
function reasonIn({ headers, body }: Answer): string {
  if (!/^text\/plain\b/i.test(headerValue(headers, 'content-type') ?? '')) return ''
  const text = body.toString('utf8').replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
  return text.trim().slice(0, MAX_REASON_CHARACTERS)
}
