import type { Feed, Paging } from '../domain/feed.ts'
import { atomEntry, atomMetadata } from './atom.ts'
import { canonicalName, flatScope } from './element-names.ts'
import { type Draft, identified } from './entry-identity.ts'
import type { FeedNode } from './feed-node.ts'
import type { FeedRoot } from './feed-root.ts'
import { elementPlace, type Place, placeInside } from './place.ts'
import { present } from './present.ts'
import { type FeedTree, losesSome, readTree, saysSomething } from './read-tree.ts'
import { rewriteFeed } from './rewrite-feed.ts'
import { countChild, rhythmOf } from './rhythm.ts'
import { rssItem, rssMetadata } from './rss.ts'
import { shortened } from './skipped-notes.ts'

/** How many entries of one document are taken; Blogger and WordPress give at most a few hundred. */
const MAX_ENTRIES = 10_000
/** A document shorter than this holds fewer than `MAX_ENTRIES`, unless they are nearly empty. */
const SHORT = 500_000
const ENTRY_TAG = /<(?:[\w.-]+:)?(?:item|entry)[\s>]/gi
// Characters XML forbids or nobody means.
const ODD = /[\0-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]/

/** A feed in XML, or why it cannot be read. */
export type XmlReading = { readonly kind: 'feed'; readonly feed: Feed } | { readonly kind: 'unreadable'; readonly detail: string }

/**
 * Reads an XML feed whose outermost element is known. A document in good order goes to rss-parser as it is; one that
 * rss-parser refuses, or would lose something of, is written anew first.
 */
export async function readXmlFeed(text: string, root: FeedRoot, outer: Place): Promise<XmlReading> {
  const asIs = await readAsIs(text, root)
  if (asIs.kind === 'tree') return { kind: 'feed', feed: feedOf(asIs.tree, root, outer, []) }
  const { xml, isCut, skipped } = rewriteFeed(text, root, MAX_ENTRIES)
  try {
    const tree = await readTree(xml, name => name)
    if (tree.entries.length === 0 && isCut) return { kind: 'unreadable', detail: brokenAt(asIs.error, text, root) }
    return { kind: 'feed', feed: feedOf(tree, root, outer, skipped) }
  } catch (error) {
    return { kind: 'unreadable', detail: brokenAt(error, text, root) }
  }
}

/** Reads an XML feed in good order in time linear in its size; undefined where it would have to be written anew first. */
export async function readOrderlyFeed(text: string, root: FeedRoot, outer: Place): Promise<Feed | undefined> {
  const asIs = await readAsIs(text, root)
  return asIs.kind === 'tree' ? feedOf(asIs.tree, root, outer, []) : undefined
}

type AsIs = { readonly kind: 'tree'; readonly tree: FeedTree } | { readonly kind: 'refused'; readonly error?: unknown }

async function readAsIs(text: string, root: FeedRoot): Promise<AsIs> {
  const body = text.slice(root.start)
  const scope = isInOrder(body, root) ? flatScope(text, root) : undefined
  if (scope === undefined) return { kind: 'refused' }
  const names = new Map<string, string>()
  try {
    const tree = await readTree(
      body,
      rawName => names.get(rawName) ?? remembered(names, rawName, canonicalName(rawName, scope, root.format)),
    )
    const lostSome = losesSome(tree) || (tree.entries.length === 0 && body.search(ENTRY_TAG) >= 0)
    return lostSome ? { kind: 'refused' } : { kind: 'tree', tree }
  } catch (error) {
    return { kind: 'refused', error }
  }
}

function remembered(names: Map<string, string>, rawName: string, name: string): string {
  names.set(rawName, name)
  return name
}

function isInOrder(body: string, root: FeedRoot): boolean {
  if (root.shape !== 'whole' || ODD.test(body) || hasTooMany(body)) return false
  if (root.format === 'atom') return !body.includes('"xhtml"') && !body.includes("'xhtml'")
  return hasUsualOutline(body, root)
}

/** RSS 2.0 has its items inside the channel, RSS 1.0 behind it; rss-parser looks nowhere else. */
function hasUsualOutline(body: string, root: FeedRoot): boolean {
  const channelEnd = body.indexOf('</channel>')
  // Cut off, or prefixed: rss-parser says the one, and the other it can read.
  if (channelEnd < 0) return true
  return root.format === 'rdf' ? !/<item[\s>]/.test(body.slice(0, channelEnd)) : !/<(?:item|channel)[\s>]/.test(body.slice(channelEnd))
}

function hasTooMany(body: string): boolean {
  if (body.length < SHORT) return false
  let count = 0
  for (const _ of body.matchAll(ENTRY_TAG)) if (++count > MAX_ENTRIES) return true
  return false
}

function feedOf(tree: FeedTree, root: FeedRoot, outer: Place, left: readonly string[]): Feed {
  const isAtom = root.format === 'atom'
  const language = root.attributes.get('xml:lang') ?? root.attributes.get('lang')
  const document = root.shape === 'whole' ? placeInside(outer, root.attributes.get('xml:base'), language) : outer
  const place = isAtom ? document : elementPlace(tree.feed, document)
  const metadata = isAtom ? atomMetadata(tree.feed, place) : rssMetadata(tree.feed, place)
  const entryPlace: Place = metadata.language === undefined ? place : { ...place, language: metadata.language }
  const empty: string[] = []
  const drafts = tree.entries.flatMap((node, index): readonly Draft[] => {
    if (saysSomething(node)) return [isAtom ? atomEntry(node, entryPlace) : rssItem(node, entryPlace)]
    empty.push(`Entry ${index + 1} was left out: it says nothing.`)
    return []
  })
  const { entries, skipped } = identified(drafts)
  return {
    format: root.format,
    metadata,
    entries,
    ...present({ paging: pagingOf(tree.feed), rhythm: rhythmOf(tree.feed) }),
    skipped: shortened([...left, ...empty, ...skipped]),
  }
}

function pagingOf(node: FeedNode): Paging | undefined {
  const paging = present({
    totalResults: countChild(node, 'opensearch.totalresults'),
    startIndex: countChild(node, 'opensearch.startindex'),
    itemsPerPage: countChild(node, 'opensearch.itemsperpage'),
  })
  return Object.keys(paging).length === 0 ? undefined : paging
}

/** The XML parser counts lines from 0, and from where the outermost element begins. */
function brokenAt(error: unknown, text: string, root: FeedRoot): string {
  const [what = '', line] = error instanceof Error ? error.message.split('\n') : []
  const number = /^Line: (\d+)/.exec(line ?? '')?.[1]
  const before = text.slice(0, root.start).split('\n').length
  const where = number === undefined ? '' : ` (line ${Number(number) + before}: ${what.toLowerCase()})`
  return `a feed whose XML is broken or cut off before its first complete entry${where}`
}
