import type { MovedHost } from './outlet.ts'

// Added by newsletters, sharing buttons and campaign tools; they never select a page (FIELD-NOTES §5.18).
// Anything else stays: WordPress's `?p=12` is the page.
const TRACKING_PARAMETER =
  /^(utm_[a-z_]+|at_[a-z_]+|wt_mc|wt\.mc_id|mc_cid|mc_eid|mkt_tok|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|cmpid|cmp|ref|ref_src|referrer|source|src|sh|share|smid|ncid|spm|s_cid|_hsenc|_hsmi|outputtype|amp|m|mobile|printable|print|_ga|__twitter_impression|guccounter|taid|feature|via|amp_[a-z_]+|usqp)$/i

const GOOGLE = /^(www\.)?google\.[a-z.]+$/
const REDIRECTORS: readonly (readonly [host: RegExp, parameter: string])[] = [
  [GOOGLE, 'url'],
  [GOOGLE, 'q'],
  [/^l\.facebook\.com$/, 'u'],
  [/^(www\.)?t\.umblr\.com$/, 'z'],
  [/^out\.reddit\.com$/, 'url'],
  [/^(href\.li|anonym\.to|nullrefer\.com)$/, ''],
]

const PATH_DELIMITER = /[%/?#\\\s\u0000-\u001f\u007f]/g
const QUERY_DELIMITER = /[%&=#+\s\u0000-\u001f\u007f]/g

// Longer ones need not be understood by anybody (RFC 9110 §4.1), and the cost of a hostile one is bounded.
const MAX_CHARACTERS = 8_000

/**
 * Gives the form in which addresses of articles are compared: host and path without scheme, port, `www.`, mobile and AMP
 * variants, tracking parameters, fragment, index file and trailing slash; hosts that moved are replaced.
 * The result is a key, not an address to fetch; behind `https://` it is an address with the same key.
 * Undefined where `url` is not an absolute http(s) address of at most 8,000 characters.
 *
 * @param movedHosts the outlets' host moves; the longest `from` that fits wins
 */
export function articleAddress(url: string, movedHosts: readonly MovedHost[] = []): string | undefined {
  const plain = plainAddress(url)
  if (plain !== undefined) return movedHosts.length === 0 ? plain : moved(plain, movedHosts)
  const parsed = url.length > MAX_CHARACTERS ? undefined : unwrapped(url.trim())
  const host = bareHost(parsed?.hostname ?? '')
  if (parsed === undefined || host === '') return undefined
  const path = barePath(parsed.pathname)
  const query = bareQuery(parsed.searchParams)
  return moved(host + path, movedHosts) + query
}

// Most addresses need no decoding, unwrapping or sorting; taking them apart as text costs a fifth.
const OCTET = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])'
const NAME = '[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*\\.[a-z]{2,24}'
const PLAIN = new RegExp(`^https?://(${NAME}|(?:${OCTET}\\.){3}${OCTET})(?::\\d{1,4})?((?:/[\\w~-][\\w~.-]*)*)/?$`)
const UNUSUAL_HOST = /google|ampproject/

function plainAddress(url: string): string | undefined {
  const [, host, path] = url.length > 500 ? [] : (PLAIN.exec(url) ?? [])
  if (host === undefined || UNUSUAL_HOST.test(host)) return undefined
  return bareHost(host) + withoutPrefixAndSuffixes(path ?? '')
}

/** Gives a host as outlets are listed by: lower case, without `www.`, `m.`, `mobile.` and `amp.`. */
export function bareHost(hostname: string): string {
  const host = hostname.toLowerCase().replace(/\.+$/, '')
  const bare = host.replace(/^(?:(?:www\d?|m|mobile|amp|edition)\.)+(?=[^.]+\.[^.]+)/, '')
  // Blogger served each blog under its readers' country until 2018: name.blogspot.jp is name.blogspot.com (FIELD-NOTES §1).
  return bare.replace(/\.blogspot\.(?:com?\.)?[a-z]{2,3}$/, '.blogspot.com')
}

function unwrapped(text: string, depth = 0): URL | undefined {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  if (depth === 3) return url
  for (const [host, parameter] of REDIRECTORS) {
    if (!host.test(url.hostname)) continue
    const target = parameter === '' ? decodeURIComponentSafely(url.search.slice(1)) : url.searchParams.get(parameter)
    const inner = target === null ? undefined : unwrapped(target, depth + 1)
    if (inner !== undefined) return inner
  }
  const shown = ampTarget(url)
  return (shown === undefined ? undefined : unwrapped(`https://${shown}${url.search}`, depth + 1)) ?? url
}

/** What an AMP cache or viewer shows: `…cdn.ampproject.org/c/s/<host>/<path>`, `www.google.com/amp/s/<host>/<path>`. */
function ampTarget({ hostname, pathname }: URL): string | undefined {
  if (hostname.endsWith('.cdn.ampproject.org')) return /^\/[cv]\/(?:s\/)?(.+)$/.exec(pathname)?.[1]
  return GOOGLE.test(hostname) ? /^\/amp\/(?:s\/)?(.+)$/.exec(pathname)?.[1] : undefined
}

function barePath(pathname: string): string {
  const decoded = pathname.split('/').map(segment => encoded(decodeURIComponentSafely(segment), PATH_DELIMITER))
  return withoutPrefixAndSuffixes(
    decoded
      .join('/')
      .normalize('NFC')
      .replace(/\/{2,}/g, '/'),
  )
}

function withoutPrefixAndSuffixes(path: string): string {
  return withoutSuffixes(path.replace(/^(?:\/amp)+(?=\/.)/, ''))
}

// One may follow another: `/article/index.html/amp/`.
function withoutSuffixes(path: string): string {
  const bare = path.replace(/(?:\/|\/amp|\/index\.(?:html?|php|aspx?)|\.amp(?:\.html)?)$/, '')
  return bare === path ? path : withoutSuffixes(bare)
}

function bareQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name]) => !TRACKING_PARAMETER.test(name))
  if (kept.length === 0) return ''
  kept.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  return `?${kept.map(pair => pair.map(part => encoded(part, QUERY_DELIMITER)).join('=')).join('&')}`
}

function moved(address: string, movedHosts: readonly MovedHost[]): string {
  const fitting = movedHosts.filter(({ from }) => address === from || address.startsWith(`${from}/`))
  const longest = fitting.sort((a, b) => b.from.length - a.from.length)[0]
  return longest === undefined ? address : longest.to + address.slice(longest.from.length)
}

/** Encodes what would read as something else if it stood bare in an address. */
function encoded(decoded: string, ambiguous: RegExp): string {
  return decoded.replace(ambiguous, encodeURIComponent)
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
