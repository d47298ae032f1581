import CachePolicy from 'http-cache-semantics'
import { type Headers, headerList } from './header-values.ts'

// A feed that says it stays fresh for a year was configured like an image.
const LONGEST_FRESH = 2 * 24 * 60 * 60 * 1000
const NAMES = ['cache-control', 'expires', 'date', 'age', 'pragma']

/**
 * How long an answer may be used without asking again, as its publisher says (RFC 9111 §4.2: max-age, Expires, Age), at
 * most two days. Undefined where nothing is said; guesses from Last-Modified are not made.
 */
export function freshForMs(headers: Headers, status: number): number | undefined {
  if (headers['cache-control'] === undefined && headers['expires'] === undefined) return undefined
  // A 304 renews what a 200 said; the policy knows the freshness of stored answers only.
  const response = {
    status: status === 304 ? 200 : status,
    headers: Object.fromEntries(NAMES.map(name => [name, headerList(headers, name)])),
  }
  const policy = new CachePolicy({ method: 'GET', headers: {} }, response, { shared: false, cacheHeuristic: 0, immutableMinTimeToLive: 0 })
  // The policy counts from when it is made: a millisecond may have passed.
  const ms = Math.round(policy.timeToLive() / 1000) * 1000
  return ms > 0 ? Math.min(ms, LONGEST_FRESH) : undefined
}
