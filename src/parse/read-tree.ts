import RssParser from 'rss-parser'
import type { FeedNode } from './feed-node.ts'
import { childrenOf, hasElements } from './feed-node.ts'
import { IGNORED, TEXT_FIELDS } from './fields.ts'
import { type TreeNode, xmlTree } from './xml-tree.ts'

/** A feed as raw nodes: the feed or channel, and its entries or items in document order. */
export interface FeedTree {
  readonly feed: FeedNode
  readonly entries: readonly FeedNode[]
}

/** The property under which an element of the outline holds itself, so that rss-parser hands it over whole. */
const WHOLE = 'whole'
const OUTLINE = ['feed', 'rss', 'rdf:RDF', 'channel', 'item', 'entry']
const TAKEN: [string, string, { keepArray: boolean }] = [WHOLE, WHOLE, { keepArray: true }]

/**
 * Reads well-formed XML with rss-parser, every element under the name that `nameOf` gives it.
 *
 * rss-parser's own reading of fields loses repeated ones, throws on odd dates and links, and has a quadratic
 * snippet search. Renamed elements pass it by untouched and come out whole through `customFields`.
 *
 * @throws what rss-parser throws, where the XML is broken or its outline is not that of a feed
 */
export async function readTree(xml: string, nameOf: (rawName: string) => string): Promise<FeedTree> {
  const parser = new RssParser({
    // Any `rss` that gives no version, or an unknown one, reads as 2.0.
    defaultRSS: 2,
    // The declared types know feed fields as plain names only.
    customFields: { feed: [TAKEN] as unknown as string[], item: [TAKEN] },
  })
  // rss-parser's XML parser takes two thirds of the time of a poll; this one makes the same tree.
  Object.assign(parser, { xmlParser: { parseString: treeReader(nameOf) } })
  const { items, ...feed } = await parser.parseString(xml)
  return { feed: whole(feed), entries: items.map(whole) }
}

/** Reads XML the way rss-parser calls its XML parser: answers through a callback. */
function treeReader(nameOf: (rawName: string) => string) {
  return (xml: string, done: (error: unknown, tree?: unknown) => void): void => {
    let tree: TreeNode
    try {
      tree = xmlTree(xml, nameOf)
      holdOutline(tree)
    } catch (error) {
      done(error)
      return
    }
    done(null, tree)
  }
}

function holdOutline(node: TreeNode): void {
  node[WHOLE] = [node]
  for (const name of OUTLINE) {
    const found = node[name]
    // The outermost element stands alone, every other in a list.
    if (found !== undefined) for (const child of Array.isArray(found) ? found : [found]) holdOutline(child)
  }
}

function whole(owner: unknown): FeedNode {
  return childrenOf(owner as FeedNode, WHOLE)[0] ?? {}
}

/** Whether an element says anything that is read. */
export function saysSomething(node: FeedNode): boolean {
  for (const name in node) if (name !== WHOLE && name !== '_' && name !== IGNORED) return true
  return false
}

/**
 * Whether something would be lost of the tree: texts that hold elements, as their reading needs the order of what is in
 * them, and entries within entries.
 */
export function losesSome({ feed, entries }: FeedTree): boolean {
  return mixes(feed) || entries.some(entry => 'item' in entry || 'entry' in entry || mixes(entry))
}

function mixes(node: FeedNode): boolean {
  for (const name in node) {
    if (name === 'f.source' ? childrenOf(node, name).some(mixes) : TEXT_FIELDS.has(name) && childrenOf(node, name).some(hasElements))
      return true
  }
  return false
}
