import type { Link } from '../domain/feed.ts'
import { attributeOf, childrenOf, childText, type FeedNode, textOf } from './feed-node.ts'
import { childIdentifier, type Place, placeInside, resolved } from './place.ts'

/** The links of an Atom feed or entry (RFC 4287 §4.2.7), in document order, where they came through FeedBurner the real address first. */
export function atomLinks(node: FeedNode, place: Place): readonly Link[] {
  return withElementLinks([...realAddress(node), ...childrenOf(node, 'f.link').flatMap(child => linkOf(child, place))], node, place)
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
  const hasPage = links.some(({ rel }) => rel === 'alternate')
  return withElementLinks(hasPage ? links : [...permalink(node, place), ...links], node, place)
}

/** The page of an entry: the first link that leads to the same thing as HTML, else the first `alternate` of any type. */
export function pageOf(links: readonly Link[]): string | undefined {
  const pages = links.filter(({ rel }) => rel === 'alternate')
  return (pages.find(({ type }) => type === undefined || type.includes('html')) ?? pages[0])?.href
}

/** What an item's guid identifies it by, absolute where it is a permalink that gives only its path. */
export function guidOf(node: FeedNode, place: Place): string | undefined {
  const guid = childrenOf(node, 'f.guid').find(child => textOf(child) !== undefined)
  return isPermalink(guid) ? childIdentifier(node, place, 'f.guid') : textOf(guid)
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
function permalink(node: FeedNode, place: Place): readonly Link[] {
  const guid = childrenOf(node, 'f.guid').find(child => textOf(child) !== undefined)
  const candidate = (isPermalink(guid) ? guidOf(node, place) : undefined) ?? attributeOf(node, 'rdf:about')
  return candidate !== undefined && /^https?:\/\/\S+$/i.test(candidate) ? [{ rel: 'alternate', href: candidate }] : []
}

function isPermalink(guid: FeedNode | undefined): boolean {
  return (attributeOf(guid, 'isPermaLink') ?? attributeOf(guid, 'ispermalink') ?? 'true').toLowerCase() !== 'false'
}

/**
 * Adds the links for which RSS and its modules have elements of their own: licences (RFC 4946, where RSS has the Creative
 * Commons modules) and discussions (RFC 4685, where RSS has `comments`).
 */
function withElementLinks(links: readonly Link[], node: FeedNode, place: Place): readonly Link[] {
  const added: Link[] = []
  const known = new Set<string>()
  for (const name of ['cc.license', 'creativecommons.license'])
    for (const child of childrenOf(node, name)) add('license', attributeOf(child, 'rdf:resource') ?? textOf(child))
  for (const child of childrenOf(node, 'f.comments')) add('replies', textOf(child), 'text/html')
  return added.length === 0 ? links : [...links, ...added]

  function add(rel: string, reference: string | undefined, type?: string): void {
    const href = reference === undefined ? undefined : resolved(reference, place)
    if (href === undefined) return
    if (known.size === 0) for (const link of links) known.add(`${link.rel}\n${link.href}`)
    if (known.size < known.add(`${rel}\n${href}`).size) added.push({ rel, href, ...(type === undefined ? {} : { type }) })
  }
}
