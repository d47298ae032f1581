import type { Entry, FeedMetadata } from '../domain/feed.ts'
import { categoriesOf } from './categories.ts'
import type { Draft } from './entry-identity.ts'
import { dateChild } from './feed-dates.ts'
import { attributeOf, childOf, childText, type FeedNode } from './feed-node.ts'
import { atomLinks, pageOf } from './links.ts'
import { personsOf } from './persons.ts'
import { languageTag, type Place, placeInside, resolved } from './place.ts'
import { present } from './present.ts'
import { atomContent, atomText, textChild } from './text-constructs.ts'

/** What an Atom feed, or an atom:source, says of itself: RFC 4287 §4.1.1 and §4.2.11, with Atom 0.3's names. */
export function atomMetadata(node: FeedNode, place: Place): FeedMetadata {
  return {
    ...present({
      id: childText(node, 'f.id'),
      title: textChild(node, place, atomText, 'f.title', 'dc.title'),
      subtitle: textChild(node, place, atomText, 'f.subtitle', 'f.tagline', 'f.description', 'f.info', 'itunes.subtitle', 'itunes.summary'),
      rights: textChild(node, place, atomText, 'f.rights', 'f.copyright', 'dc.rights'),
      updated: dateChild(node, 'f.updated', 'f.modified', 'dc.date', 'dcterms.modified'),
      language: place.language ?? languageTag(childText(node, 'dc.language', 'f.language')),
      generator: childText(node, 'f.generator'),
      icon: addressChild(node, place, 'f.icon'),
      logo: addressChild(node, place, 'f.logo'),
    }),
    authors: personsOf(node, place, 'f.author', 'dc.creator', 'itunes.author'),
    contributors: personsOf(node, place, 'f.contributor', 'dc.contributor'),
    categories: categoriesOf(node),
    links: atomLinks(node, place),
  }
}

/** One atom:entry (RFC 4287 §4.1.2). Categories of the feed are not the entry's. */
export function atomEntry(node: FeedNode, feedPlace: Place): Draft {
  const place = placeInside(feedPlace, attributeOf(node, 'xml:base'), attributeOf(node, 'xml:lang'))
  const links = atomLinks(node, place)
  return {
    ...present({
      id: childText(node, 'f.id'),
      title: textChild(node, place, atomText, 'f.title', 'dc.title', 'media.title'),
      summary: textChild(node, place, atomContent, 'f.summary', 'f.description', 'dc.description', 'itunes.summary'),
      content: textChild(node, place, atomContent, 'f.content', 'content.encoded'),
      rights: textChild(node, place, atomText, 'f.rights', 'f.copyright', 'dc.rights'),
      published: dateChild(node, 'f.published', 'f.issued', 'dcterms.issued', 'f.created', 'dcterms.created'),
      updated: dateChild(node, 'f.updated', 'f.modified', 'dcterms.modified', 'dc.date'),
      language: entryLanguage(node, place, feedPlace),
      url: pageOf(links) ?? sourceAddress(node, place),
      source: sourceOf(node, place),
    }),
    authors: personsOf(node, place, 'f.author', 'dc.creator', 'itunes.author'),
    contributors: personsOf(node, place, 'f.contributor', 'dc.contributor'),
    categories: categoriesOf(node),
    links,
  }
}

/** The language an entry states for itself, where it is not the feed's. */
export function entryLanguage(node: FeedNode, place: Place, feedPlace: Place): Entry['language'] {
  const language = languageTag(childText(node, 'dc.language', 'f.language')) ?? place.language
  return language === feedPlace.language ? undefined : language
}

function sourceOf(node: FeedNode, outer: Place): FeedMetadata | undefined {
  const source = childOf(node, 'f.source')
  if (source === undefined) return undefined
  return atomMetadata(source, placeInside(outer, attributeOf(source, 'xml:base'), attributeOf(source, 'xml:lang')))
}

/** RFC 4287 §4.1.3.2: content that is elsewhere. */
function sourceAddress(node: FeedNode, place: Place): string | undefined {
  const address = attributeOf(childOf(node, 'f.content'), 'src')
  return address === undefined ? undefined : resolved(address, place)
}

function addressChild(node: FeedNode, place: Place, name: string): string | undefined {
  const address = childText(node, name)
  return address === undefined ? undefined : resolved(address, place)
}
