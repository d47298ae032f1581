import type { FeedMetadata, Link, Person } from '../domain/feed.ts'
import { atomMetadata, entryLanguage } from './atom.ts'
import { categoriesOf } from './categories.ts'
import type { Draft } from './entry-identity.ts'
import { createdOf, feedPublishedOf, feedUpdatedOf, publishedOf, updatedOf } from './feed-dates.ts'
import { attributeOf, childOf, childText, type FeedNode, hasElements, textOf } from './feed-node.ts'
import { guidOf, pageOf, rssLinks } from './links.ts'
import { personsOf } from './persons.ts'
import { childAddress, childIdentifier, elementPlace, languageTag, type Place, resolved } from './place.ts'
import { present } from './present.ts'
import { generatorOf, logoOf } from './publisher-marks.ts'
import { atomContent, html, rssTitle, textChild } from './text-constructs.ts'

const SUBTITLES = [
  ...['f.description', 'f.abstract', 'f.subtitle', 'f.tagline', 'atom.subtitle'],
  ...['dc.description', 'itunes.subtitle', 'itunes.summary', 'media.description'],
]
const SUMMARIES = [
  ...['f.description', 'f.abstract', 'atom.summary', 'f.summary'],
  ...['dc.description', 'itunes.summary', 'itunes.subtitle', 'media.description'],
]
const CONTENTS = ['content.encoded', 'xhtml.body', 'f.body', 'f.fullitem', 'f.content']
const RIGHTS = ['f.copyright', 'f.rights', 'dc.rights', 'atom.rights']

/** What a channel says of itself: RSS 2.0, 1.0, 0.9x and CDF with the modules in use, in Atom's terms. */
export function rssMetadata(node: FeedNode, place: Place): FeedMetadata {
  return {
    ...present({
      id: childIdentifier(node, place, 'atom.id', 'f.id', 'f.guid'),
      title: textChild(node, place, rssTitle, 'f.title', 'atom.title', 'dc.title'),
      subtitle: textChild(node, place, html, ...SUBTITLES),
      rights: textChild(node, place, html, ...RIGHTS),
      published: feedPublishedOf(node),
      updated: feedUpdatedOf(node),
      created: createdOf(node),
      language: languageTag(childText(node, 'f.language', 'dc.language')) ?? place.language,
      generator: generatorOf(node),
      icon: childAddress(node, place, 'atom.icon', 'f.icon'),
      logo: logoOf(node, place),
    }),
    authors: personsOf(node, place, 'f.managingeditor', 'atom.author', 'f.author', 'dc.creator', 'dc.author', 'itunes.author'),
    contributors: personsOf(node, place, 'dc.contributor', 'atom.contributor', 'f.contributor'),
    categories: categoriesOf(node),
    links: rssLinks(node, place),
  }
}

/** One item. What it is described with is its summary, unless that is all there is of content elsewhere in it. */
export function rssItem(node: FeedNode, feedPlace: Place): Draft {
  const place = elementPlace(node, feedPlace)
  const links = rssLinks(node, place)
  return {
    ...present({
      id: guidOf(node, place) ?? childIdentifier(node, place, 'atom.id', 'f.id') ?? attributeOf(node, 'rdf:about'),
      title: textChild(node, place, rssTitle, 'f.title', 'atom.title', 'dc.title', 'media.title'),
      summary: textChild(node, place, html, ...SUMMARIES),
      content: textChild(node, place, html, ...CONTENTS) ?? textChild(node, place, atomContent, 'atom.content'),
      rights: textChild(node, place, html, ...RIGHTS),
      published: publishedOf(node),
      updated: updatedOf(node),
      created: createdOf(node),
      language: entryLanguage(node, place, feedPlace),
      url: pageOf(links),
      source: sourceOf(node, place),
    }),
    authors: authorsOf(node, place),
    contributors: personsOf(node, place, 'dc.contributor', 'atom.contributor', 'f.contributor'),
    categories: categoriesOf(node),
    links,
  }
}

/** Podcasts repeat the show's name as itunes:author: it counts only where nobody else is named. */
function authorsOf(node: FeedNode, place: Place): readonly Person[] {
  const authors = personsOf(node, place, 'f.author', 'f.managingeditor', 'dc.creator', 'dc.author', 'atom.author')
  return authors.length > 0 ? authors : personsOf(node, place, 'itunes.author')
}

/** RSS 2.0 `source`: the name and the feed address of the channel the item was copied from; some write it as Atom has it. */
function sourceOf(node: FeedNode, place: Place): FeedMetadata | undefined {
  const source = childOf(node, 'f.source')
  if (source !== undefined && hasElements(source)) return atomMetadata(source, elementPlace(source, place))
  const title = textOf(source)
  const url = attributeOf(source, 'url')
  if (title === undefined && url === undefined) return undefined
  const links: readonly Link[] = url === undefined ? [] : [{ rel: 'self', href: resolved(url, place) }]
  return { ...(title === undefined ? {} : { title: { type: 'text', value: title } }), authors: [], contributors: [], categories: [], links }
}
