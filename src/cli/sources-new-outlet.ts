import type { Config } from '../config/config.ts'
import type { NewFeed, NewOutlet } from '../config/edit-sources.ts'
import { AppError } from '../domain/app-error.ts'
import type { Feed } from '../domain/feed.ts'
import { outletDirectory, outletNameKey } from '../domain/outlet-directory.ts'
import { addressFromOutside } from './sources-address.ts'
import { freeIdentifier, listedHost, nextFeedId, printable, sourceIds } from './sources-names.ts'
import { plainTitle } from './sources-preview.ts'

/** A feed that becomes the first one of an outlet. */
export interface OutletFeed {
  readonly feed: Feed
  /** As it is written in the config. */
  readonly address: string
  /** The page that announced it. */
  readonly page?: string
}

// A link now and then to somebody else's site does not make that site the outlet's.
const LEAST_SHARE = 0.25
// They stand between feeds and the sites they are of.
const PROXIES: ReadonlySet<string> = new Set(['feedproxy.google.com', 'feeds.feedburner.com', 'rss.feedsportal.com'])
const LONGEST_NAME = 200

/**
 * Makes an outlet of what its feed says: its name, its front page, the hosts its entries are on, its language.
 *
 * @throws AppError `usage` where an outlet of the config has this name or these hosts already
 */
export function outletOf(source: OutletFeed, config: Config, options: { readonly id?: string; readonly name?: string }): NewOutlet {
  const { feed, address } = source
  const directory = outletDirectory(config.outlets)
  const homepage = homepageOf(source)
  const [host, ...others] = hostsOf(feed, homepage ?? address)
  if (host === undefined)
    throw new AppError('usage', 'expected entries on a host that has a name, as an outlet needs one; write it by hand')
  const title = printable(plainTitle(feed.metadata.title).slice(0, LONGEST_NAME))
  const name = options.name ?? (outletNameKey(title) === '' ? host : title)
  const namesake = directory.byName(name)
  if (namesake !== undefined)
    throw new AppError('usage', `outlet "${namesake.id}" is called "${name}" already: ${joining(namesake.id)}, or give another --name`)
  const owners = new Map(config.outlets.flatMap(outlet => outlet.hosts.map(host => [host, outlet.id] as const)))
  const owner = owners.get(host)
  if (owner !== undefined) throw new AppError('usage', `outlet "${owner}" publishes on ${host} already: ${joining(owner)}`)
  const taken = sourceIds(config)
  const id = options.id ?? freeIdentifier([name, host], candidate => taken.has(candidate) || directory.byName(candidate) !== undefined)
  const language = languageOf(feed)
  return {
    id,
    name,
    ...(homepage === undefined ? {} : { homepage }),
    hosts: [host, ...others.filter(other => !owners.has(other))],
    ...(language === undefined ? {} : { language }),
    sources: [feedUnder(id, 0, address, taken)],
  }
}

/** A feed as it is written under an outlet that has `nth` feeds before it. */
export function feedUnder(outlet: string, nth: number, url: string, taken: Set<string>): NewFeed {
  const id = nextFeedId(outlet, nth, taken)
  return id === undefined ? { url } : { id, url }
}

/** The hosts that many of a feed's entries are on, the most frequent first; its site's where none are. */
export function hostsOf({ entries }: Feed, site: string): readonly string[] {
  const counts = new Map<string, number>()
  for (const { url } of entries) {
    const host = url === undefined ? undefined : listedHost(url)
    if (host !== undefined && !PROXIES.has(host)) counts.set(host, (counts.get(host) ?? 0) + 1)
  }
  const least = [...counts.values()].reduce((sum, count) => sum + count, 0) * LEAST_SHARE
  const frequent = [...counts].filter(([, count]) => count >= least).toSorted(([, a], [, b]) => b - a)
  const hosts = frequent.map(([host]) => host)
  return hosts.length > 0 ? hosts : [listedHost(site)].filter(host => host !== undefined)
}

function joining(outlet: string): string {
  return `add the feed to it with --outlet ${outlet}`
}

function homepageOf({ feed, page }: OutletFeed): string | undefined {
  const pages = feed.metadata.links.filter(({ rel, type }) => rel === 'alternate' && (type === undefined || /html/i.test(type)))
  const addresses = [...pages.map(({ href }) => href), ...(page === undefined ? [] : [page])]
  return addresses.map(addressFromOutside).find(address => address !== undefined)
}

/** Only where it is another than the config takes for granted, and a language that there is. */
function languageOf({ metadata: { language } }: Feed): string | undefined {
  if (language === undefined || /^en(?:-|$)/i.test(language)) return undefined
  try {
    return Intl.getCanonicalLocales(language)[0]
  } catch {
    return undefined
  }
}
