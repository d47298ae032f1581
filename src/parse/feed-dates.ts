import type { Instant } from '../domain/time.ts'
import { attributeOf, childrenOf, type FeedNode, textOf } from './feed-node.ts'
import { instantOf } from './instants.ts'

// The words of RSS and of both versions of Atom, as publishers use those of one syntax in another. dc:date says
// neither which of the two it is, so that it is either where nothing better is there.
const PUBLISHED = [
  ...['f.published', 'f.pubdate', 'f.issued', 'atom.published', 'dcterms.issued'],
  ...['f.created', 'dcterms.created', 'dc.date'],
]
const UPDATED = ['f.updated', 'atom.updated', 'f.modified', 'dcterms.modified', 'f.lastbuilddate', 'f.lastmod', 'dc.date']

/** When an entry says it appeared. */
export function publishedOf(node: FeedNode): Instant | undefined {
  return dateChild(node, PUBLISHED)
}

/** When an entry says it last changed. */
export function updatedOf(node: FeedNode): Instant | undefined {
  return dateChild(node, UPDATED) ?? instantOf(attributeOf(node, 'lastmod'))
}

/** When a feed or entry says it was first written. */
export function createdOf(node: FeedNode): Instant | undefined {
  return dateChild(node, ['f.created', 'dcterms.created'])
}

/** When a feed says it appeared. */
export function feedPublishedOf(node: FeedNode): Instant | undefined {
  return dateChild(node, ['f.published', 'f.pubdate', 'f.issued', 'atom.published', 'dcterms.issued'])
}

/** When a feed says it last changed. */
export function feedUpdatedOf(node: FeedNode): Instant | undefined {
  return updatedOf(node) ?? dateChild(node, ['f.pubdate', 'f.published', 'dcterms.issued'])
}

/** The moment named by the first child of the names that can be read as a date, looked for in the order given. */
function dateChild(node: FeedNode, names: readonly string[]): Instant | undefined {
  for (const name of names) {
    for (const child of childrenOf(node, name)) {
      const instant = instantOf(textOf(child))
      if (instant !== undefined) return instant
    }
  }
  return undefined
}
