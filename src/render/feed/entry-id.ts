import { isIri } from '../../domain/iri.ts'
import type { OutputEntry } from '../../domain/output-feed.ts'
import type { Site } from '../../domain/site.ts'

/**
 * Gives the atom:id an entry is published with: the one it has at home, byte for byte (RFC 4287 §4.2.6).
 * Where that is no absolute IRI (RSS lets a guid be any string: `123`, `N/A`), one made of the site's id
 * and the entry's key, the same for as long as the source keeps the entry's identity.
 */
export function entryId({ id, key }: Pick<OutputEntry, 'id' | 'key'>, site: Pick<Site, 'id'>): string {
  return isIri(id) ? id : `${site.id}:entry:${key}`
}
