import { STATUS_CODES } from 'node:http'
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

/** What a status that brings no document means for a poll. */
export function statusFailure(status: number, headers: Headers, server: string, now: Instant): FailedFetch {
  const waitMs = retryAfterMs(headerValue(headers, 'retry-after'), now)
  return {
    kind: 'failed',
    reason: reasonFor(status, waitMs !== undefined),
    detail: `${server} answered ${[status, STATUS_CODES[status]].join(' ').trim()}${challenge(headers)}.`,
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
  }
}

function reasonFor(status: number, asksToWait: boolean): FailureReason {
  if (status === 503 && asksToWait) return 'rate-limited'
  return REASONS.get(status) ?? (status >= 400 && status < 500 ? 'client-error' : 'server-error')
}

/** A challenge is a page for browsers with scripts; the operator has to ask the publisher to let the reader in. */
function challenge(headers: Headers): string {
  return headerValue(headers, 'cf-mitigated') === 'challenge' ? ' with a Cloudflare challenge (cf-mitigated: challenge)' : ''
}
