import type { Entry, FeedMetadata } from '../domain/feed.ts'
import { categoriesOf } from './categories.ts'
import type { Draft } from './entry-identity.ts'
import { createdOf, feedPublishedOf, feedUpdatedOf, publishedOf, updatedOf } from './feed-dates.ts'
import { attributeOf, childOf, childText, type FeedNode } from './feed-node.ts'
import { atomLinks, pageOf } from './links.ts'
import { personsOf } from './persons.ts'
import { childAddress, childIdentifier, elementPlace, languageTag, type Place, resolved } from './place.ts'
import { present } from './present.ts'
import { generatorOf, logoOf } from './publisher-marks.ts'
import { atomContent, atomText, html, textChild } from './text-constructs.ts'

const SUBTITLES = [
  ...['f.subtitle', 'f.tagline', 'f.description', 'f.abstract', 'f.info'],
  ...['dc.description', 'itunes.subtitle', 'itunes.summary', 'media.description'],
]
const SUMMARIES = ['f.summary', 'f.description', 'f.abstract', 'dc.description', 'itunes.summary', 'media.description']

/** What an Atom feed, or an atom:source, says of itself: RFC 4287 §4.1.1 and §4.2.11, with Atom 0.3's names. */
export function atomMetadata(node: FeedNode, place: Place): FeedMetadata {
  return {
    ...present({
      id: childIdentifier(node, place, 'f.id', 'f.guid'),
      title: textChild(node, place, atomText, 'f.title', 'dc.title'),
      subtitle: textChild(node, place, atomText, ...SUBTITLES),
      rights: textChild(node, place, atomText, 'f.rights', 'f.copyright', 'dc.rights'),
      published: feedPublishedOf(node),
      updated: feedUpdatedOf(node),
      created: createdOf(node),
      language: languageTag(childText(node, 'dc.language', 'f.language')) ?? place.language,
      generator: generatorOf(node),
      icon: childAddress(node, place, 'f.icon'),
      logo: logoOf(node, place),
    }),
    authors: personsOf(node, place, 'f.author', 'f.managingeditor', 'dc.creator', 'dc.author', 'itunes.author'),
    contributors: personsOf(node, place, 'f.contributor', 'dc.contributor'),
    categories: categoriesOf(node),
    links: atomLinks(node, place),
  }
}

/** One atom:entry (RFC 4287 §4.1.2). Categories of the feed are not the entry's. */
export function atomEntry(node: FeedNode, feedPlace: Place): Draft {
  const place = elementPlace(node, feedPlace)
  const links = atomLinks(node, place)
  const id = childIdentifier(node, place, 'f.id', 'f.guid')
  return {
    ...present({
      id,
      title: textChild(node, place, atomText, 'f.title', 'dc.title', 'media.title'),
      summary: textChild(node, place, atomContent, ...SUMMARIES),
      content:
        textChild(node, place, atomContent, 'f.content', 'content.encoded') ??
        textChild(node, place, html, 'xhtml.body', 'f.body', 'f.fullitem'),
      rights: textChild(node, place, atomText, 'f.rights', 'f.copyright', 'dc.rights'),
      published: publishedOf(node),
      updated: updatedOf(node),
      created: createdOf(node),
      language: entryLanguage(node, place, feedPlace),
      url: pageOf(links) ?? sourceAddress(node, place) ?? webAddress(id),
      source: sourceOf(node, place),
    }),
    authors: personsOf(node, place, 'f.author', 'dc.creator', 'dc.author', 'itunes.author'),
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
  return source === undefined ? undefined : atomMetadata(source, elementPlace(source, outer))
}

/** RFC 4287 wants a link beside the id; where there is none, an id on the web is nearly always the page. */
function webAddress(id: string | undefined): string | undefined {
  return id !== undefined && /^https?:\/\/\S+$/i.test(id) ? id : undefined
}

/** RFC 4287 §4.1.3.2: content that is elsewhere. */
function sourceAddress(node: FeedNode, place: Place): string | undefined {
  const address = attributeOf(childOf(node, 'f.content'), 'src')
  return address === undefined ? undefined : resolved(address, place)
}
