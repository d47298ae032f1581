import { articleAddress, bareHost } from './article-address.ts'
import type { OutletId } from './identifiers.ts'
import type { MovedHost, Outlet } from './outlet.ts'

/** The outlets, found by the names and addresses that posts use. */
export interface OutletDirectory {
  readonly all: readonly Outlet[]
  readonly byId: (id: OutletId) => Outlet | undefined
  /** Finds the outlet cited by a name in any spelling: width, case, spaces, punctuation and a leading "The" do not count. */
  readonly byName: (name: string) => Outlet | undefined
  /** Finds the outlet that publishes under an address, and the form in which the address is compared. */
  readonly byUrl: (url: string) => { readonly outlet: Outlet; readonly address: string } | undefined
  /** The comparison form of any address, host moves applied. */
  readonly address: (url: string) => string | undefined
}

/** Builds the directory. Where two outlets share a name or a host, the first keeps it; `config/` has reported the clash. */
export function outletDirectory(outlets: readonly Outlet[]): OutletDirectory {
  const byId = new Map<string, Outlet>()
  const byName = new Map<string, Outlet>()
  const byHost = new Map<string, Outlet>()
  const movedHosts: MovedHost[] = outlets.flatMap(outlet => outlet.movedHosts)
  for (const outlet of outlets) {
    byId.set(outlet.id, outlet)
    for (const name of [outlet.name, outlet.id, ...outlet.aliases]) {
      const key = outletNameKey(name)
      if (key !== '' && !byName.has(key)) byName.set(key, outlet)
    }
    for (const host of outlet.hosts) if (!byHost.has(hostKey(host))) byHost.set(hostKey(host), outlet)
  }
  const deepest = Math.max(0, ...[...byHost.keys()].map(host => host.split('/').length - 1))
  return {
    all: outlets,
    byId: id => byId.get(id),
    byName: name => byName.get(outletNameKey(name)),
    byUrl: url => {
      const address = articleAddress(url, movedHosts)
      if (address === undefined) return undefined
      const outlet = publisherOf(address, byHost, deepest)
      return outlet === undefined ? undefined : { outlet, address }
    },
    address: url => articleAddress(url, movedHosts),
  }
}

/** Folds a name of an outlet to the form in which names are compared; two spellings of one name give the same key. */
export function outletNameKey(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/^[^\p{L}\p{N}]*the[^\p{L}\p{N}]+/u, '')
  return folded.replace(/[^\p{L}\p{N}ー]/gu, '')
}

/** Host in lower case, path as it is: paths may differ by case alone. */
function hostKey(listed: string): string {
  const [host = '', ...path] = listed.split('/')
  return [bareHost(host), ...path].join('/')
}

/**
 * An outlet's host counts for its subdomains too, the closest listed host first; a host may carry a path prefix.
 *
 * @param deepest segments of the longest prefix
 */
function publisherOf(address: string, byHost: ReadonlyMap<string, Outlet>, deepest: number): Outlet | undefined {
  const [place = ''] = address.split('?', 1)
  const [host = '', ...path] = place.split('/', deepest + 1)
  for (let labels = host.split('.'); labels.length > 0; labels = labels.slice(1)) {
    const suffix = labels.join('.')
    for (let depth = path.length; depth >= 0; depth--) {
      const found = byHost.get([suffix, ...path.slice(0, depth)].join('/'))
      if (found !== undefined) return found
    }
  }
  return undefined
}
