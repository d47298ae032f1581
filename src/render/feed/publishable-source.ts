import type { FeedMetadata, Link, Person } from '../../domain/feed.ts'
import { isIri } from '../../domain/iri.ts'
import { publishablePerson } from './entry-persons.ts'
import { languageTag } from './language-tag.ts'
import { type PlainText, plainText } from './plain-text.ts'
import { publishableDate } from './publishable-date.ts'
import { webAddress } from './web-address.ts'
import { withXmlTexts } from './xml-text.ts'

// A feed that names a whole editorial staff would have it repeated in every entry.
const MOST_AUTHORS = 5

/** The feed an entry was copied from, with what an atom:source takes (RFC 4287 §4.2.11). */
export interface PublishableSource {
  readonly id: string
  readonly title: PlainText
  readonly updated: Date
  readonly authors: readonly Person[]
  readonly rights?: PlainText
  readonly language?: string
  /** At most one `self` and one `alternate`. */
  readonly links: readonly Link[]
}

/**
 * Reads a feed's metadata into an atom:source. Without an id its address identifies it; undefined where it has neither.
 * One without a title goes by its host or id, and one without a date is as old as the entry: readers expect all three.
 */
export function publishableSource(raw: FeedMetadata, entryUpdated: Date): PublishableSource | undefined {
  const source = withXmlTexts(raw)
  const links = ['self', 'alternate'].flatMap(rel => firstLink(source.links, rel))
  const id = [raw.id, ...links.map(({ href }) => href)].find(candidate => candidate !== undefined && isIri(candidate))
  if (id === undefined) return undefined
  const rights = plainText(source.rights)
  const language = languageTag(source.language)
  return {
    id,
    links,
    title: plainText(source.title) ?? { value: hostOf(links) ?? id },
    updated: publishableDate(source.updated) ?? entryUpdated,
    authors: source.authors
      .slice(0, MOST_AUTHORS)
      .map(publishablePerson)
      .filter(({ name }) => name.trim() !== ''),
    ...(rights !== undefined && { rights }),
    ...(language !== undefined && { language }),
  }
}

function hostOf(links: readonly Link[]): string | undefined {
  const href = links.at(-1)?.href
  return href === undefined ? undefined : new URL(href).host
}

function firstLink(links: readonly Link[], rel: string): readonly Link[] {
  for (const link of links) {
    const href = link.rel === rel ? webAddress(link.href) : undefined
    if (href === undefined) continue
    const hreflang = languageTag(link.hreflang)
    const isMediaType = link.type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(link.type)
    return [{ rel, href, ...(isMediaType && { type: link.type }), ...(hreflang !== undefined && { hreflang }) }]
  }
  return []
}
