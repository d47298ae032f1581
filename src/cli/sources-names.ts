import type { Config } from '../config/config.ts'
import { defaultSourceId } from '../config/cross-checks.ts'
import { bareHost } from '../domain/article-address.ts'

/** What an identifier of the config looks like. */
export const IDENTIFIER = /^[a-z0-9][a-z0-9-]{0,62}$/

// Longer ones are cut: they are typed on the command line.
const LONGEST = 40

/** Makes an identifier of a name: letters without accents, digits, hyphens. '' where the name has none of them. */
export function identifierOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '')
  const words = plain.replace(/&/g, ' and ').split(/[^a-z0-9]+/)
  const told = words.filter(word => word !== '')
  const [first, ...rest] = told
  return (first === 'the' && rest.length > 0 ? rest : told).join('-').slice(0, LONGEST).replace(/-$/, '')
}

/** The identifier that something is given: of its name, else of its host, else of what it is; with -2, -3 … where it is taken. */
export function freeIdentifier(candidates: readonly string[], isTaken: (id: string) => boolean): string {
  const wanted = candidates.map(identifierOf).find(id => id !== '') ?? 'source'
  let id = wanted
  for (let nth = 2; isTaken(id); nth++) id = `${wanted}-${nth}`
  return id
}

/**
 * The id that an outlet's next feed has to be given: undefined where the one that the config makes up by itself is free.
 *
 * @param taken ids of sources; the feed's own is added to them
 */
export function nextFeedId(outlet: string, nth: number, taken: Set<string>): string | undefined {
  const own = defaultSourceId(outlet, nth)
  const id = freeIdentifier([own], candidate => taken.has(candidate))
  taken.add(id)
  return id === own ? undefined : id
}

/** The ids of all sources of a config. */
export function sourceIds({ outletSources, postSources }: Config): Set<string> {
  return new Set([...outletSources, ...postSources].map(({ id }) => id as string))
}

/** A host as a config lists it; undefined for addresses that a config has no hosts for, such as IPv6 literals. */
export function listedHost(address: string): string | undefined {
  const host = bareHost(URL.parse(address)?.hostname ?? '')
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(host) ? host : undefined
}

/** A text from outside on one line, without characters that move a terminal's cursor or turn its direction. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+/gu, ' ')
    .trim()
}
