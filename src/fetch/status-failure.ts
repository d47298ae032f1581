import type { FailureReason } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import type { FailedFetch } from './fetch-outcome.ts'
import { type Headers, headerValue } from './header-values.ts'
import { retryAfterMs } from './retry-after.ts'

const REASONS: ReadonlyMap<number, FailureReason> = new Map([
  [401, 'blocked'],
  [403, 'blocked'],
  [404, 'not-found'],
  // mod_security answers 406 to readers it does not know (FIELD-NOTES §5.3).
  [406, 'blocked'],
  [410, 'gone'],
  [429, 'rate-limited'],
  [451, 'blocked'],
])

// Reason phrases of the answers that occur. Node's own list comes with its whole HTTP server and client, which costs more to
// load than everything else here.
const PHRASES: ReadonlyMap<number, string> = new Map([
  [206, 'Partial Content'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [408, 'Request Timeout'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [415, 'Unsupported Media Type'],
  [418, "I'm a Teapot"],
  [421, 'Misdirected Request'],
  [422, 'Unprocessable Entity'],
  [423, 'Locked'],
  [425, 'Too Early'],
  [429, 'Too Many Requests'],
  [451, 'Unavailable For Legal Reasons'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [508, 'Loop Detected'],
])

/** What a status that brings no document means for a poll. */
export function statusFailure(status: number, headers: Headers, server: string, now: Instant): FailedFetch {
  const waitMs = retryAfterMs(headerValue(headers, 'retry-after'), now)
  return {
    kind: 'failed',
    reason: isChallenge(headers) ? 'blocked' : reasonFor(status, waitMs !== undefined),
    detail: `${server} answered ${[status, PHRASES.get(status)].join(' ').trim()}${isChallenge(headers) ? ' with a Cloudflare challenge (cf-mitigated: challenge)' : ''}.`,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  }
}

function reasonFor(status: number, asksToWait: boolean): FailureReason {
  if (status === 503 && asksToWait) return 'rate-limited'
  return REASONS.get(status) ?? (status >= 400 && status < 500 ? 'client-error' : 'server-error')
}

/** A challenge is a page for browsers with scripts; the operator has to ask the publisher to let the reader in. */
function isChallenge(headers: Headers): boolean {
  return headerValue(headers, 'cf-mitigated') === 'challenge'
}
