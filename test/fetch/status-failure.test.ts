import { describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/domain/time.ts'
import { statusFailure } from '../../src/fetch/status-failure.ts'

const cases: readonly [status: number, headers: Record<string, string>, reason: string][] = [
  [300, {}, 'server-error'],
  [400, {}, 'client-error'],
  [401, {}, 'blocked'],
  [403, {}, 'blocked'],
  [404, {}, 'not-found'],
  [406, {}, 'blocked'],
  [410, {}, 'gone'],
  [418, {}, 'client-error'],
  [429, {}, 'rate-limited'],
  [451, {}, 'blocked'],
  [500, { 'retry-after': '60' }, 'server-error'],
  [503, {}, 'server-error'],
  [503, { 'retry-after': 'soon' }, 'server-error'],
  [503, { 'retry-after': '60' }, 'rate-limited'],
  [503, { 'cf-mitigated': 'challenge' }, 'blocked'],
  [520, {}, 'server-error'],
  [999, {}, 'server-error'],
]

describe('statusFailure', () => {
  for (const [status, headers, reason] of cases)
    it(`takes ${status} ${JSON.stringify(headers)} for ${reason}`, () =>
      expect(statusFailure(status, headers, 'example.org:443', 0).reason).toBe(reason))

  it('passes on Retry-After whatever the status', () =>
    expect(statusFailure(404, { 'retry-after': '60' }, 'example.org:443', 0).retryAfterMs).toBe(MINUTE))

  it('names server and status', () =>
    expect(statusFailure(404, {}, 'example.org:443', 0).detail).toBe('example.org:443 answered 404 Not Found.'))

  it('names a Cloudflare challenge', () =>
    expect(statusFailure(403, { 'cf-mitigated': 'challenge' }, 'example.org:443', 0).detail).toBe(
      'example.org:443 answered 403 Forbidden with a Cloudflare challenge (cf-mitigated: challenge).',
    ))
})
