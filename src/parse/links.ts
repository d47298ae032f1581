import type { Link } from '../domain/feed.ts'
import { attributeOf, childrenOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { type Place, placeInside, resolved } from './place.ts'

/** The links of an Atom feed or entry (RFC 4287 §4.2.7), in document order, where they came through FeedBurner the real address first. */
export function atomLinks(node: FeedNode, place: Place): readonly Link[] {
  return [...realAddress(node), ...childrenOf(node, 'f.link').flatMap(child => linkOf(child, place))]
}

/** The links of an RSS channel or item: its page first, then what it states in Atom's terms, then enclosures. */
export function rssLinks(node: FeedNode, place: Place): readonly Link[] {
  const links = [
    ...realAddress(node),
    ...childrenOf(node, 'f.link').flatMap(child => linkOf(child, place)),
    ...addressAttribute(node, place),
    ...childrenOf(node, 'atom.link').flatMap(child => linkOf(child, place)),
    ...childrenOf(node, 'f.enclosure').flatMap(child => enclosureOf(child, place)),
  ]
  if (links.some(({ rel }) => rel === 'alternate')) return links
  return [...permalink(node), ...links]
}

/** The page of an entry: the first link that leads to the same thing as HTML, else the first `alternate` of any type. */
export function pageOf(links: readonly Link[]): string | undefined {
  const pages = links.filter(({ rel }) => rel === 'alternate')
  return (pages.find(({ type }) => type === undefined || type.includes('html')) ?? pages[0])?.href
}

function linkOf(node: FeedNode, outer: Place): readonly Link[] {
  const place = placeInside(outer, attributeOf(node, 'xml:base'), undefined)
  const href = attributeOf(node, 'href') ?? textOf(node) ?? attributeOf(node, 'rdf:resource')
  if (href === undefined) return []
  const link: { -readonly [K in keyof Link]: Link[K] } = { rel: relation(attributeOf(node, 'rel')), href: resolved(href, place) }
  for (const name of ['type', 'hreflang', 'title'] as const) {
    const value = attributeOf(node, name)
    if (value !== undefined) link[name] = value
  }
  return [{ ...link, ...lengthOf(node) }]
}

// RFC 4287 §4.2.7.2: a registered name and its IRI are the same relation.
function relation(rel: string | undefined): string {
  return rel?.replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//i, '') ?? 'alternate'
}

function enclosureOf(node: FeedNode, place: Place): readonly Link[] {
  const href = attributeOf(node, 'url') ?? attributeOf(node, 'href')
  if (href === undefined) return []
  const type = attributeOf(node, 'type')
  return [{ rel: 'enclosure', href: resolved(href, place), ...(type === undefined ? {} : { type }), ...lengthOf(node) }]
}

function lengthOf(node: FeedNode): { readonly length?: number } {
  const length = attributeOf(node, 'length')
  return length !== undefined && /^\d{1,15}$/.test(length) ? { length: Number(length) } : {}
}

function realAddress(node: FeedNode): readonly Link[] {
  const href = childText(node, 'feedburner.origlink')
  return href === undefined || !/^https?:/i.test(href) ? [] : [{ rel: 'alternate', href }]
}

/** CDF states the address as an attribute. */
function addressAttribute(node: FeedNode, place: Place): readonly Link[] {
  const href = attributeOf(node, 'href')
  return href === undefined ? [] : [{ rel: 'alternate', href: resolved(href, place) }]
}

/** RSS 2.0: a guid is the item's address unless it says it is not; RSS 1.0 names its items by address. */
function permalink(node: FeedNode): readonly Link[] {
  const guid = childrenOf(node, 'f.guid').find(child => textOf(child) !== undefined)
  const isPermalink = (attributeOf(guid, 'isPermaLink') ?? attributeOf(guid, 'ispermalink') ?? 'true').toLowerCase() !== 'false'
  const candidate = (isPermalink ? textOf(guid) : undefined) ?? attributeOf(node, 'rdf:about')
  return candidate !== undefined && /^https?:\/\/\S+$/i.test(candidate) ? [{ rel: 'alternate', href: candidate }] : []
}
