import { describe, expect, it } from 'vitest'
import { FetchFailure } from '../../src/fetch/fetch-failure.ts'
import { networkFailure } from '../../src/fetch/network-failure.ts'

const cases: readonly [code: string, reason: string][] = [
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
  ['HPE_INVALID_CONSTANT', 'unreadable'],
  ['Z_DATA_ERROR', 'unreadable'],
  ['ZSTD_error_prefix_unknown', 'unreadable'],
  ['ERR__ERROR_FORMAT_RESERVED', 'unreadable'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['UND_ERR_SOCKET', 'unreachable'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'unreachable'],
]

describe('networkFailure', () => {
  for (const [code, reason] of cases)
    it(`takes ${code} for ${reason}`, () =>
      expect(networkFailure(Object.assign(new Error('x'), { code }), 'a:1')).toMatchObject({ kind: 'failed', reason }))

  it('passes on a failure that knows its reason', () =>
    expect(networkFailure(new FetchFailure('too-large', 'Too large.'), 'a:1')).toEqual({
      kind: 'failed',
      reason: 'too-large',
      detail: 'Too large.',
    }))

  it('takes an error without code or kind for the network’s', () =>
    expect(networkFailure(new Error('socket gone'), 'a:1')).toMatchObject({ reason: 'unreachable' }))

  const bugs = [new TypeError('x is not a function'), Object.assign(new Error('x'), { code: 'UND_ERR_INVALID_ARG' }), 'text']
  for (const bug of bugs) it(`throws on what is not the network’s doing (${bug})`, () => expect(() => networkFailure(bug, 'a:1')).toThrow())
})
