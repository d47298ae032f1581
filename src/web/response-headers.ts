import type { Instant } from '../domain/time.ts'
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

// Feeds change when a poll brings something new; readers that ask more often than this get their own copy back.
const MAX_AGE_S = 300

/** The headers of a published file in one coding, for the whole answer and for 304. */
export function fileHeaders(
  path: string,
  form: { readonly etag: string; readonly contentEncoding: string | undefined; readonly length: number; readonly modifiedAt: Instant },
): { readonly whole: FlatHeaders; readonly notModified: FlatHeaders } {
  const { type, isFeed } = mediaTypeOf(path)
  // RFC 9110 §15.4.5: a 304 carries what a cache goes by; the rest it has.
  const notModified = ['etag', form.etag, 'cache-control', `public, max-age=${MAX_AGE_S}`, 'vary', 'Accept-Encoding']
  // Web readers fetch feeds from their own origin.
  if (isFeed) notModified.push('access-control-allow-origin', '*')
  const whole = [...notModified, 'last-modified', new Date(form.modifiedAt).toUTCString(), ...Object.entries(SECURITY_HEADERS).flat()]
  whole.push('content-type', type, 'content-length', String(form.length))
  if (form.contentEncoding !== undefined) whole.push('content-encoding', form.contentEncoding)
  return { whole, notModified }
}
