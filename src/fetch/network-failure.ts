import type { FailureReason } from '../domain/poll.ts'
import { FetchFailure } from './fetch-failure.ts'
import { type FailedFetch, failed } from './fetch-outcome.ts'

// Codes of node:dns, OpenSSL through node:tls, llhttp, undici and node:zlib; the first row that fits counts.
const FAILURES: readonly (readonly [code: RegExp, reason: FailureReason, what: string])[] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, 'dns', 'could not be looked up'],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, 'timeout', 'did not answer in time'],
  [
    /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_|INVALID_|PATH_LENGTH_|HOSTNAME_MISMATCH|EPROTO)/,
    'tls',
    'offers no TLS that can be trusted',
  ],
  [/^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW)$/, 'too-large', 'sent more header fields than are read'],
  [/^HPE_/, 'unreadable', 'did not answer in HTTP'],
  [/^(Z_|ERR__ERROR_|ERR_BROTLI|ZSTD_)/, 'unreadable', 'sent a compressed body that is broken or cut short'],
  [/^ECONNREFUSED$/, 'unreachable', 'refused the connection'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'unreachable', 'closed the connection early'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'unreachable', 'sent a body of another length than it announced'],
]

/**
 * Says what an error that ended a fetch means for a poll. Errors that are not the network's doing (a wrong argument, a
 * TypeError) are thrown on.
 *
 * @param server `host:port` that was being asked
 */
export function networkFailure(error: unknown, server: string): FailedFetch {
  if (error instanceof FetchFailure) return failed(error.reason, error.message)
  const code = networkCode(error)
  if (code === undefined) throw error
  const [, reason, what] = FAILURES.find(([pattern]) => pattern.test(code)) ?? [code, 'unreachable' as const, 'could not be reached']
  return failed(reason, `${server} ${what} (${code}).`)
}

function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code !== undefined) return /^(UND_ERR_INVALID_|ERR_INVALID_ARG_)/.test(code) ? undefined : code
  // llhttp gives no code where its message says all; a bare Error is how node:tls reports what OpenSSL leaves unnamed.
  return error.name === 'HTTPParserError' ? 'HPE_INVALID' : error.name === 'Error' ? 'no code' : undefined
}
