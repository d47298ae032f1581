import type { FeedMetadata, Link, Text } from '../../domain/feed.ts'
import { isIri } from '../../domain/iri.ts'
import { languageTag } from './language-tag.ts'
import { plainText } from './plain-text.ts'
import { publishableDate } from './publishable-date.ts'
import { webAddress } from './web-address.ts'
import { withXmlTexts } from './xml-text.ts'

/** The feed an entry was copied from, with what an atom:source takes (RFC 4287 §4.2.11). */
export interface PublishableSource {
  readonly id: string
  readonly title?: string
  readonly updated?: Date
  readonly rights?: string
  readonly language?: string
  /** At most one `self` and one `alternate`. */
  readonly links: readonly Link[]
}

/** Reads a feed's metadata into an atom:source. Without an id its address identifies it; undefined where it has neither. */
export function publishableSource(raw: FeedMetadata): PublishableSource | undefined {
  const source = withXmlTexts(raw)
  const links = ['self', 'alternate'].flatMap(rel => firstLink(source.links, rel))
  const id = [raw.id, ...links.map(({ href }) => href)].find(candidate => candidate !== undefined && isIri(candidate))
  if (id === undefined) return undefined
  const title = textOf(source.title)
  const rights = textOf(source.rights)
  const updated = publishableDate(source.updated)
  const language = languageTag(source.language)
  return {
    id,
    links,
    ...(title !== undefined && { title }),
    ...(updated !== undefined && { updated }),
    ...(rights !== undefined && { rights }),
    ...(language !== undefined && { language }),
  }
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

function textOf(text: Text | undefined): string | undefined {
  const plain = text === undefined ? '' : plainText(text)
  return plain.trim() === '' ? undefined : plain
}
