import type { Person } from '../../domain/feed.ts'
import type { OutputEntry } from '../../domain/output-feed.ts'
import type { Site } from '../../domain/site.ts'
import { webAddress } from './web-address.ts'

/**
 * Gives who wrote an entry, at least one person (RFC 4287 §4.1.2): its own authors, else its feed's, else for an
 * article its outlet, else the site's. The authors of a translated article did not write the post and are not among them.
 */
export function entryAuthors(entry: OutputEntry, site: Pick<Site, 'author'>): readonly Person[] {
  const outlets = entry.kind === 'article' ? entry.outlets.map(({ name }) => ({ name })) : []
  for (const candidates of [entry.authors, entry.source.authors, outlets]) {
    const authors = candidates.map(publishablePerson).filter(({ name }) => name.trim() !== '')
    if (authors.length > 0) return authors
  }
  return [publishablePerson(site.author)]
}

/** Gives a person with the parts a feed can carry: `uri` only as a web address, `email` only in an address's shape (RFC 4287 §3.2). */
export function publishablePerson({ name, uri, email }: Person): Person {
  const address = webAddress(uri)
  const isEmail = email !== undefined && /^[^\s@]+@[^\s@]+$/.test(email)
  return { name, ...(address !== undefined && { uri: address }), ...(isEmail && { email }) }
}
