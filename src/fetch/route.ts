import { type FailedFetch, failed } from './fetch-outcome.ts'

// Feeds that moved twice, changed to https and gained a slash need four; a browser's twenty only feed loops.
const MOST_REDIRECTS = 5

const PERMANENT = new Set([301, 308])
const TEMPORARY = new Set([302, 303, 307])

/** How far a fetch has come along its redirects. */
export interface Route {
  readonly kind: 'route'
  /** The address to ask next; http or https, without userinfo and fragment. */
  readonly url: URL
  /** Addresses asked before, oldest first. */
  readonly asked: readonly string[]
  /** Whether every redirect so far was permanent. */
  readonly isPermanent: boolean
  /** The last address reached by permanent redirects alone. */
  readonly movedTo?: string
}

/** Tells whether a status redirects a GET (RFC 9110 §15.4). */
export function isRedirect(status: number): boolean {
  return PERMANENT.has(status) || TEMPORARY.has(status)
}

/** Begins at an address the operator or a feed gave. */
export function routeFrom(address: string): Route | FailedFetch {
  const url = URL.parse(address)
  if (url === null) return failed('client-error', 'The address to fetch is not an absolute URL.')
  const refused = refusedScheme(url, 'The address to fetch')
  return refused ?? { kind: 'route', url: bare(url), asked: [], isPermanent: true }
}

/** Goes on to where a redirect points, or says why not: no target, another scheme, a loop, too long a chain. */
export function redirected(route: Route, status: number, location: string | undefined): Route | FailedFetch {
  const { url: from, asked } = route
  const target = location === undefined ? null : URL.parse(utf8(location), from.href)
  if (target === null) return failed('server-error', `${from.host} redirects (${status}) without a usable Location.`)
  const refused = refusedScheme(target, `The redirect from ${from.host}`)
  if (refused !== undefined) return refused
  const url = bare(target)
  if (url.href === from.href || asked.includes(url.href)) return failed('too-many-redirects', `${from.host} redirects in a loop.`)
  if (asked.length === MOST_REDIRECTS)
    return failed('too-many-redirects', `${from.host} redirects on after ${MOST_REDIRECTS} redirects already.`)
  const isPermanent = route.isPermanent && PERMANENT.has(status)
  const movedTo = isPermanent ? url.href : route.movedTo
  return { kind: 'route', url, asked: [...asked, from.href], isPermanent, ...(movedTo !== undefined && { movedTo }) }
}

function refusedScheme(url: URL, subject: string): FailedFetch | undefined {
  if (url.protocol === 'http:' || url.protocol === 'https:') return undefined
  return failed('refused-address', `${subject} leads to a ${url.protocol} address; only http: and https: are fetched.`)
}

/** Userinfo in a redirect is not ours to send on; in the operator's address it must not become part of a base address. */
function bare(url: URL): URL {
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/** Location should be ASCII, but servers write Japanese paths as raw UTF-8, which arrives as Latin-1 characters. */
function utf8(latin1: string): string {
  const text = Buffer.from(latin1, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? latin1 : text
}
