import type { MovedHost } from './outlet.ts'

// Added by newsletters, sharing buttons and campaign tools; they never select a page (FIELD-NOTES §5.18).
// Anything else stays: WordPress's `?p=12` is the page.
const TRACKING_PARAMETER =
  /^(utm_[a-z_]+|at_[a-z_]+|wt_mc|wt\.mc_id|mc_cid|mc_eid|mkt_tok|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|cmpid|cmp|ref|ref_src|referrer|source|src|sh|share|smid|ncid|spm|s_cid|_hsenc|_hsmi|outputtype|amp|m|mobile|printable|print|_ga|__twitter_impression|guccounter|taid|feature|via)$/i

const REDIRECTORS: readonly (readonly [host: RegExp, parameter: string])[] = [
  [/^(www\.)?google\.[a-z.]+$/, 'url'],
  [/^(www\.)?google\.[a-z.]+$/, 'q'],
  [/^l\.facebook\.com$/, 'u'],
  [/^(www\.)?t\.umblr\.com$/, 'z'],
  [/^out\.reddit\.com$/, 'url'],
  [/^(href\.li|anonym\.to|nullrefer\.com)$/, ''],
]

/**
 * Gives the form in which addresses of articles are compared: host and path without scheme, `www.`, mobile and AMP
 * variants, tracking parameters, fragment, index file and trailing slash; hosts that moved are replaced.
 * The result is a key, not an address to fetch. Undefined where `url` is not an absolute http(s) address.
 *
 * @param movedHosts the outlets' host moves; the longest `from` that fits wins
 */
export function articleAddress(url: string, movedHosts: readonly MovedHost[] = []): string | undefined {
  const parsed = unwrapped(url.trim())
  if (parsed === undefined) return undefined
  const host = bareHost(parsed.hostname)
  const path = barePath(parsed.pathname)
  const query = bareQuery(parsed.searchParams)
  return moved(host + path, movedHosts) + query
}

/** Gives a host as outlets are listed by: lower case, without `www.`, `m.`, `mobile.` and `amp.`. */
export function bareHost(hostname: string): string {
  const host = hostname.toLowerCase().replace(/\.$/, '')
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
  const amp = /^\/(?:c|v)\/(?:s\/)?(.+)$/.exec(url.pathname)
  if (url.hostname.endsWith('.cdn.ampproject.org') && amp?.[1] !== undefined) return unwrapped(`https://${amp[1]}${url.search}`, depth + 1)
  return url
}

function barePath(pathname: string): string {
  const path = decodeURIComponentSafely(pathname)
    .normalize('NFC')
    .replace(/\/{2,}/g, '/')
    .replace(/^\/amp(?=\/.)/, '')
    .replace(/\/(?:amp|index\.(?:html?|php|aspx?))\/?$/, '')
    .replace(/\.amp(?:\.html)?$/, '')
    .replace(/\/+$/, '')
  return path
}

function bareQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(([name]) => !TRACKING_PARAMETER.test(name))
  if (kept.length === 0) return ''
  kept.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  return `?${kept.map(([name, value]) => `${name}=${value}`).join('&')}`
}

function moved(address: string, movedHosts: readonly MovedHost[]): string {
  const fitting = movedHosts.filter(({ from }) => address === from || address.startsWith(`${from}/`))
  const longest = fitting.sort((a, b) => b.from.length - a.from.length)[0]
  return longest === undefined ? address : longest.to + address.slice(longest.from.length)
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
