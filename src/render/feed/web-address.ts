/**
 * Gives an http(s) address as a URI (RFC 3986): percent-encoded where a character has no place in one.
 * Undefined where `text` is anything else: relative, `javascript:`, empty.
 */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text.toWellFormed())
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  // An IPv6 host keeps its brackets; behind the host the URL parser lets these through, RFC 3986 does not.
  const path = url.href.indexOf('/', url.protocol.length + 2)
  return url.href.slice(0, path) + url.href.slice(path).replace(/[[\]{}|\\^`"<>]|%(?![0-9a-f]{2})/gi, encodeURIComponent)
}
