import { HOUR, type Instant, MINUTE } from '../domain/time.ts'
import { type LinkedSite, linkHeader } from './link-header.ts'
import { mediaTypeOf } from './routes.ts'

/** Names and values in turn, as `writeHead` takes them fastest. */
export type FlatHeaders = string[]

/** Sent with all that a browser might show. */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const

/** What the headers of all files have in common. */
export interface ServedSite extends LinkedSite {
  /** How long a copy may be used without asking, s. */
  readonly maxAgeS: number
}

/**
 * How long a copy may be used without asking, s: a quarter of the time between two looks at the sources, as what is new
 * has waited half of it already on average.
 */
export function maxAgeSOf(pollEveryMs: number): number {
  return Math.round(Math.min(Math.max(pollEveryMs / 4, MINUTE), HOUR) / 1000)
}

/** The headers of a published file in one coding, for the whole answer and for 304. */
export function fileHeaders(
  path: string,
  form: { readonly etag: string; readonly contentEncoding: string | undefined; readonly length: number; readonly modifiedAt: Instant },
  site: ServedSite,
): { readonly whole: FlatHeaders; readonly notModified: FlatHeaders } {
  const { type, isForReaders } = mediaTypeOf(path)
  // RFC 9110 §15.4.5: a 304 carries what a cache goes by; the rest it has.
  const notModified = ['etag', form.etag, 'cache-control', `public, max-age=${site.maxAgeS}`, 'vary', 'Accept-Encoding']
  if (isForReaders) notModified.push('access-control-allow-origin', '*')
  const whole = [...notModified, 'last-modified', new Date(form.modifiedAt).toUTCString(), ...Object.entries(SECURITY_HEADERS).flat()]
  if (isForReaders) whole.push('access-control-expose-headers', 'ETag, Link')
  const link = linkHeader(path, site)
  if (link !== undefined) whole.push('link', link)
  whole.push('content-type', type, 'content-length', String(form.length))
  if (form.contentEncoding !== undefined) whole.push('content-encoding', form.contentEncoding)
  return { whole, notModified }
}

/** What lets the pages of any origin fetch feeds, asking whether theirs is still good. */
export const PREFLIGHT_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers': 'If-None-Match, If-Modified-Since, Cache-Control, Pragma, Range, User-Agent, X-Requested-With',
  'access-control-max-age': '86400',
} as const
