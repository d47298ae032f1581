import type { FeedMetadata, Link, Person } from '../domain/feed.ts'
import { entryLanguage } from './atom.ts'
import { categoriesOf } from './categories.ts'
import type { Draft } from './entry-identity.ts'
import { dateChild } from './feed-dates.ts'
import { attributeOf, childOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { instantOf } from './instants.ts'
import { pageOf, rssLinks } from './links.ts'
import { personsOf } from './persons.ts'
import { languageTag, type Place, placeInside, resolved } from './place.ts'
import { present } from './present.ts'
import { atomContent, html, rssTitle, textChild } from './text-constructs.ts'

const SUMMARIES = [
  'f.description',
  'f.abstract',
  'atom.summary',
  'f.summary',
  'dc.description',
  'itunes.summary',
  'itunes.subtitle',
  'media.description',
]
const CONTENTS = ['content.encoded', 'xhtml.body', 'f.body', 'f.fullitem', 'f.content']

/** What a channel says of itself: RSS 2.0, 1.0, 0.9x and CDF with the modules in use, in Atom's terms. */
export function rssMetadata(node: FeedNode, place: Place): FeedMetadata {
  return {
    ...present({
      id: childText(node, 'atom.id', 'f.id'),
      title: textChild(node, place, rssTitle, 'f.title', 'dc.title'),
      subtitle: textChild(
        node,
        place,
        html,
        'f.description',
        'f.subtitle',
        'atom.subtitle',
        'dc.description',
        'itunes.subtitle',
        'itunes.summary',
      ),
      rights: textChild(node, place, html, 'f.copyright', 'f.rights', 'dc.rights', 'atom.rights'),
      updated: dateChild(node, 'f.lastbuilddate', 'atom.updated', 'f.pubdate', 'dcterms.modified', 'dc.date', 'dcterms.issued'),
      language: languageTag(childText(node, 'f.language', 'dc.language')) ?? place.language,
      generator: childText(node, 'f.generator'),
      icon: childText(node, 'atom.icon'),
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
  const place = placeInside(feedPlace, attributeOf(node, 'xml:base'), attributeOf(node, 'xml:lang'))
  const links = rssLinks(node, place)
  return {
    ...present({
      id: childText(node, 'f.guid', 'atom.id', 'f.id') ?? attributeOf(node, 'rdf:about'),
      title: textChild(node, place, rssTitle, 'f.title', 'atom.title', 'dc.title', 'media.title'),
      summary: textChild(node, place, html, ...SUMMARIES),
      content: textChild(node, place, html, ...CONTENTS) ?? textChild(node, place, atomContent, 'atom.content'),
      rights: textChild(node, place, html, 'f.copyright', 'f.rights', 'dc.rights', 'atom.rights'),
      published: dateChild(node, 'f.pubdate', 'atom.published', 'f.published', 'dcterms.issued', 'dc.date', 'dcterms.created'),
      updated: dateChild(node, 'atom.updated', 'f.updated', 'dcterms.modified', 'f.lastmod') ?? instantOf(attributeOf(node, 'lastmod')),
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
  const authors = personsOf(node, place, 'f.author', 'dc.creator', 'dc.author', 'atom.author')
  return authors.length > 0 ? authors : personsOf(node, place, 'itunes.author')
}

function logoOf(node: FeedNode, place: Place): string | undefined {
  const address =
    childText(childOf(node, 'f.image') ?? {}, 'f.url') ?? childText(node, 'atom.logo') ?? attributeOf(childOf(node, 'itunes.image'), 'href')
  return address === undefined ? undefined : resolved(address, place)
}

/** RSS 2.0 `source`: the name and the feed address of the channel the item was copied from. */
function sourceOf(node: FeedNode, place: Place): FeedMetadata | undefined {
  const source = childOf(node, 'f.source')
  const title = textOf(source)
  const url = attributeOf(source, 'url')
  if (title === undefined && url === undefined) return undefined
  const links: readonly Link[] = url === undefined ? [] : [{ rel: 'self', href: resolved(url, place) }]
  return { ...(title === undefined ? {} : { title: { type: 'text', value: title } }), authors: [], contributors: [], categories: [], links }
}
