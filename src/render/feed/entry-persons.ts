import type { Person } from '../../domain/feed.ts'
import type { Credit, OutputEntry } from '../../domain/output-feed.ts'
import type { Site } from '../../domain/site.ts'
import { webAddress } from './web-address.ts'

/** Who made an entry. */
export interface EntryPersons {
  /** At least one (RFC 4287 §4.1.2). */
  readonly authors: readonly Person[]
  /** What the authors' names are written in, where that is not the language of the entry. */
  readonly authorsLanguage?: string
  /** The translators of a post whose original is known (RFC 4287 §4.2.3). */
  readonly contributors: readonly Person[]
}

/**
 * Gives who wrote an entry, and who translated it. A translation is its original's authors' work, or their outlet's where
 * nobody is named, and its translator contributed to it. Where the original is not known, the post is its own authors'.
 */
export function entryPersons(entry: OutputEntry, site: Pick<Site, 'author'>): EntryPersons {
  const own = firstNamed([entry.authors, entry.source.authors])
  const writers = entry.kind === 'post' && entry.original !== undefined ? writersOf(entry.original) : []
  if (entry.original !== undefined && writers.length > 0)
    return { authors: writers, authorsLanguage: entry.original.language, contributors: own }
  const outlets = entry.kind === 'article' ? entry.outlets.map(({ name }) => ({ name })) : []
  return { authors: firstNamed([own, outlets, [site.author]]), contributors: [] }
}

// Blogger's address for everybody.
const NOBODY = /^no-?reply@/i

/** Gives a person with the parts a feed can carry: `uri` only as a web address, `email` only in an address's shape (RFC 4287 §3.2). */
export function publishablePerson({ name, uri, email }: Person): Person {
  const address = webAddress(uri)
  const isEmail = email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email) && !NOBODY.test(email)
  return { name, ...(address !== undefined && { uri: address }), ...(isEmail && { email }) }
}

function writersOf({ authors, outlet }: Credit): readonly Person[] {
  const { name = '', homepage } = outlet ?? {}
  return firstNamed([authors.map(author => ({ name: author })), [{ name, ...(homepage !== undefined && { uri: homepage }) }]])
}

function firstNamed(lists: readonly (readonly Person[])[]): readonly Person[] {
  const publishable = lists.map(persons => persons.map(publishablePerson).filter(({ name }) => name.trim() !== ''))
  return publishable.find(persons => persons.length > 0) ?? []
}
