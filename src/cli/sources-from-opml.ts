import type { Config } from '../config/config.ts'
import type { NewFeed, NewOutlet, NewPostSource, SourceAdditions } from '../config/edit-sources.ts'
import { outletDirectory, outletNameKey } from '../domain/outlet-directory.ts'
import type { OpmlFeed } from '../parse/opml.ts'
import { addressFromOutside, feedAddressKey, shownAddress, sourceOfFeed } from './sources-address.ts'
import { freeIdentifier, IDENTIFIER, listedHost, nextFeedId, printable, sourceIds } from './sources-names.ts'

/** What a subscription list adds to a config, and what it does not. */
export interface OpmlPlan {
  readonly additions: SourceAdditions
  /** Feeds that the config has already. */
  readonly known: number
  /** Feeds that the list has more than once. */
  readonly repeated: number
  /** Feeds that cannot be taken over, one sentence each. */
  readonly skipped: readonly string[]
}

/**
 * Works out what to add to a config so that it has every feed of a list. A feed goes to the outlet of its publisher, by
 * name or by the host of its page; where there is none, an outlet is made of it. Folders play no part.
 */
export function planFromOpml(feeds: readonly OpmlFeed[], config: Config): OpmlPlan {
  const { taken, known, repeated, skipped } = sorted(feeds, config)
  const groups = grouped(
    taken.filter(({ isPost }) => !isPost),
    config,
  )
  const ids = sourceIds(config)
  const ownIds = new Map(taken.map(feed => [feed, ownId(feed, ids)] as const))
  const feedOf = (feed: TakenFeed, outlet: string, nth: number): NewFeed => {
    const id = ownIds.get(feed) ?? nextFeedId(outlet, nth, ids)
    return id === undefined ? { url: feed.address } : { id, url: feed.address }
  }
  const posts = taken.filter(({ isPost }) => isPost).map(feed => postOf(feed, ownIds.get(feed), ids))
  const joined = groups.flatMap(({ existing, feeds: own }): [string, readonly NewFeed[]][] => {
    if (existing === undefined) return []
    const before = config.outletSources.filter(source => source.outlet === existing).length
    return [[existing, own.map((feed, index) => feedOf(feed, existing, before + index))]]
  })
  const outlets = outletsOf(groups, config, ids, feedOf)
  return { additions: { feeds: new Map(joined), outlets, posts }, known, repeated, skipped }
}

interface TakenFeed extends OpmlFeed {
  /** As it is written in the config. */
  readonly address: string
}

function sorted(feeds: readonly OpmlFeed[], config: Config) {
  const taken = new Map<string, TakenFeed>()
  const skipped: string[] = []
  let [known, repeated] = [0, 0]
  for (const feed of feeds) {
    const address = addressFromOutside(feed.xmlUrl)
    const key = feedAddressKey(address ?? '')
    const title = printable(feed.title)
    if (address === undefined) skipped.push(`“${title.slice(0, 80)}”: expected an address that begins with http:// or https://`)
    else if (!feed.isPost && listedHost(siteOf({ ...feed, address })) === undefined)
      skipped.push(`${shownAddress(address)}: expected an address on a host that has a name`)
    else if (taken.has(key)) repeated++
    else if (sourceOfFeed(config, address) !== undefined) known++
    else taken.set(key, { ...feed, title, address })
  }
  return { taken: [...taken.values()], known, repeated, skipped }
}

function siteOf({ publisher, htmlUrl, address }: TakenFeed): string {
  return addressFromOutside(publisher?.htmlUrl ?? htmlUrl) ?? address
}

/** An outlet, there or new, and the feeds it gets. */
interface Group {
  /** Of an outlet that is there. */
  readonly existing: string | undefined
  readonly name: string
  readonly homepage: string | undefined
  readonly host: string
  readonly feeds: TakenFeed[]
}

function grouped(feeds: readonly TakenFeed[], config: Config): readonly Group[] {
  const directory = outletDirectory(config.outlets)
  const groups: Group[] = []
  const byName = new Map<string, Group>()
  const byHost = new Map<string, Group>()
  const shared = sharedHosts(feeds)
  const opened = (group: Group): Group => {
    groups.push(group)
    byName.set(outletNameKey(group.name), group)
    byHost.set(group.host, group)
    return group
  }
  const ofExisting = (id: string): Group =>
    groups.find(({ existing }) => existing === id) ??
    opened({ existing: id, name: id, homepage: undefined, host: `outlet ${id}`, feeds: [] })
  const ownerOf = (host: string): Group | undefined => {
    const outlet = config.outlets.find(({ hosts }) => hosts.includes(host))
    return byHost.get(host) ?? (outlet === undefined ? undefined : ofExisting(outlet.id))
  }
  const groupOf = (feed: TakenFeed): Group => {
    const site = siteOf(feed)
    const host = listedHost(site) ?? ''
    const written = printable(feed.publisher?.name ?? feed.title)
    const name = outletNameKey(written) === '' ? host : written
    const [namesake, publisher] = [directory.byName(name), directory.byUrl(site)?.outlet]
    const homepage = addressFromOutside(feed.publisher?.htmlUrl ?? feed.htmlUrl)
    const known = byName.get(outletNameKey(name)) ?? (namesake === undefined ? undefined : ofExisting(namesake.id))
    if (known !== undefined) return known
    if (feed.publisher === undefined) {
      const owner = ownerOf(host) ?? (publisher === undefined ? undefined : ofExisting(publisher.id))
      return owner ?? opened({ existing: undefined, name, homepage, host, feeds: [] })
    }
    const isOwnHost = !shared.has(host) && ownerOf(host) === undefined
    const place = isOwnHost ? host : host + (URL.parse(site)?.pathname ?? '').replace(/\/$/, '')
    return ownerOf(place) ?? opened({ existing: undefined, name, homepage, host: place, feeds: [] })
  }
  for (const feed of feeds) groupOf(feed).feeds.push(feed)
  return groups
}

/** Hosts that several publishers of the list are on; each has the part that its page is on. */
function sharedHosts(feeds: readonly TakenFeed[]): ReadonlySet<string> {
  const publishers = Map.groupBy(
    feeds.filter(({ publisher }) => publisher !== undefined),
    feed => listedHost(siteOf(feed)) ?? '',
  )
  const isShared = (own: readonly TakenFeed[]) => new Set(own.map(({ publisher }) => publisher?.name)).size > 1
  return new Set([...publishers].filter(([, own]) => isShared(own)).map(([host]) => host))
}

function outletsOf(
  groups: readonly Group[],
  config: Config,
  ids: ReadonlySet<string>,
  feedOf: (feed: TakenFeed, outlet: string, nth: number) => NewFeed,
): readonly NewOutlet[] {
  const fresh = groups.filter(({ existing }) => existing === undefined)
  const owners = new Map<string, Group | undefined>()
  for (const { id, name, aliases } of config.outlets)
    for (const known of [id, name, ...aliases]) owners.set(outletNameKey(known), undefined)
  for (const group of fresh) owners.set(outletNameKey(group.name), group)
  return fresh.map(group => {
    const { name, homepage, host, feeds } = group
    // Posts may cite an outlet by its id, so it must not be another one's name.
    const isTaken = (id: string) => ids.has(id) || (owners.has(outletNameKey(id)) && owners.get(outletNameKey(id)) !== group)
    const id = freeIdentifier([name, host], isTaken)
    owners.set(outletNameKey(id), group)
    const sources = feeds.map((feed, nth) => feedOf(feed, id, nth))
    return { id, name, ...(homepage === undefined ? {} : { homepage }), hosts: [host], sources }
  })
}

/** The id that a feed brings along, as `sources export` writes it in place of a title; it is taken from then on. */
function ownId({ title, publisher, isPost }: TakenFeed, ids: Set<string>): string | undefined {
  const isName = !isPost && (publisher === undefined || outletNameKey(title) === outletNameKey(publisher.name))
  if (isName || !IDENTIFIER.test(title) || ids.has(title)) return undefined
  ids.add(title)
  return title
}

function postOf({ title, address }: TakenFeed, ownIdentifier: string | undefined, ids: Set<string>): NewPostSource {
  if (ownIdentifier !== undefined) return { id: ownIdentifier, feed: address }
  const id = freeIdentifier([title, listedHost(address) ?? '', 'posts'], candidate => ids.has(candidate))
  ids.add(id)
  return { id, feed: address, ...(title === '' ? {} : { title }) }
}
