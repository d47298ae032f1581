import type { Config } from '../config/config.ts'
import { defaultSourceId } from '../config/cross-checks.ts'
import type { SourceAdditions } from '../config/edit-sources.ts'
import { AppError } from '../domain/app-error.ts'
import type { Outlet } from '../domain/outlet.ts'
import { freeIdentifier, listedHost, printable, sourceIds } from './sources-names.ts'
import { feedUnder, hostsOf, type OutletFeed, outletOf } from './sources-new-outlet.ts'
import { plainTitle } from './sources-preview.ts'

/** What goes into the config, and how people call it. */
export interface Addition {
  readonly additions: SourceAdditions
  readonly kind: 'feed' | 'outlet' | 'post'
  /** Of the source. */
  readonly source: string
  /** Of the outlet that has it; absent for posts. */
  readonly outlet?: string
  readonly what: string
  /** Hosts of entries that the outlet does not list. */
  readonly strangers: readonly string[]
}

/** What the operator says of a feed that is to be added. */
export interface AdditionOptions {
  readonly posts?: boolean
  readonly name?: string
  /** Of what is added: feed of an outlet, new outlet, or post source. */
  readonly id?: string
}

/**
 * Works out what a feed adds to a config: a feed to an outlet, a new outlet, or a post source.
 *
 * @param outlet the one that gets the feed
 * @throws AppError `usage` where the id, the name or the host is taken
 */
export function additionOf(config: Config, found: OutletFeed, options: AdditionOptions, outlet: Outlet | undefined): Addition {
  const { posts, id, name } = options
  const taken = sourceIds(config)
  if (id !== undefined && taken.has(id)) throw new AppError('usage', `--id: expected an id that no source has, got "${id}"`)
  const named = { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name: printable(name) }) }
  if (posts === true) return postAddition(found, named, taken)
  return outlet === undefined ? outletAddition(config, found, named) : feedAddition(config, found, id, outlet)
}

const NOTHING: SourceAdditions = { feeds: new Map(), outlets: [], posts: [] }

function postAddition({ feed, address }: OutletFeed, { id: given, name }: AdditionOptions, taken: ReadonlySet<string>): Addition {
  const names = [name ?? plainTitle(feed.metadata.title), listedHost(address) ?? '', 'posts']
  const id = given ?? freeIdentifier(names, candidate => taken.has(candidate))
  const post = { id, feed: address, ...(name === undefined ? {} : { title: name }) }
  return { additions: { ...NOTHING, posts: [post] }, kind: 'post', source: id, what: `post source "${id}"`, strangers: [] }
}

function outletAddition(config: Config, found: OutletFeed, named: AdditionOptions): Addition {
  const outlet = outletOf(found, config, named)
  const { id, name, sources } = outlet
  const what = `outlet "${id}" (${name})`
  return { additions: { ...NOTHING, outlets: [outlet] }, kind: 'outlet', source: sources[0]?.id ?? id, outlet: id, what, strangers: [] }
}

function feedAddition(config: Config, { feed, address }: OutletFeed, id: string | undefined, outlet: Outlet): Addition {
  const nth = config.outletSources.filter(source => source.outlet === outlet.id).length
  const added = id === undefined ? feedUnder(outlet.id, nth, address, sourceIds(config)) : { id, url: address }
  const isListed = (host: string) => outlet.hosts.some(own => host === own || host.endsWith(`.${own}`) || own.startsWith(`${host}/`))
  return {
    additions: { ...NOTHING, feeds: new Map([[outlet.id, [added]]]) },
    kind: 'feed',
    source: added.id ?? defaultSourceId(outlet.id, nth),
    outlet: outlet.id,
    what: `a feed of outlet "${outlet.id}"`,
    strangers: hostsOf(feed, address).filter(host => !isListed(host)),
  }
}
