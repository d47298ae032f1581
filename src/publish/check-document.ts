import { ATOM_RULES, entriesOf } from './atom-rules.ts'
import { brokenRules, type Rule } from './document-rules.ts'
import { idsOf, isObject, JSON_FEED_RULES } from './json-feed-rules.ts'
import { childrenOf, type ReadElement, readElements, textOfChild } from './read-elements.ts'
import { itemsOf, RSS_RULES } from './rss-rules.ts'

/** A document as a reader meets it: what is wrong with it, and which entries it holds. */
export interface Inspection {
  /** Empty when the document may be published. */
  readonly faults: readonly string[]
  /** Ids of its entries, in order. */
  readonly ids: readonly string[]
}

/** Reads an Atom document the way a strict reader does: well-formed, and by `ATOM_RULES`. */
export function inspectAtom(xml: string): Inspection {
  return inspectXml(xml, ATOM_RULES, feed => entriesOf(feed).map(entry => textOfChild(entry, 'id')))
}

/** Reads an RSS 2.0 document: well-formed, and by `RSS_RULES`. */
export function inspectRss(xml: string): Inspection {
  return inspectXml(xml, RSS_RULES, rss => itemsOf(rss).map(item => textOfChild(item, 'guid')))
}

/** Reads a JSON Feed 1.1 document: JSON, and by `JSON_FEED_RULES`. */
export function inspectJsonFeed(json: string): Inspection {
  try {
    const data: unknown = JSON.parse(json)
    const feed = isObject(data) ? data : {}
    return { faults: brokenRules(JSON_FEED_RULES, feed), ids: idsOf(feed) }
  } catch (error) {
    return { faults: [`not JSON: ${error instanceof Error ? error.message : String(error)}`], ids: [] }
  }
}

/** Reads an OPML 2.0 subscription list: well-formed, one head and one body. */
export function inspectOpml(xml: string): Inspection {
  return inspectXml(xml, OPML_RULES, () => [])
}

/** Reads an HTML page that the program wrote: it is complete. */
export function inspectPage(html: string): Inspection {
  const isWhole = /^<!doctype html>/i.test(html) && html.trimEnd().endsWith('</html>')
  return { faults: isWhole ? [] : ['the page is not complete'], ids: [] }
}

const OPML_RULES: readonly Rule<ReadElement>[] = [
  { name: 'the root is OPML', faults: ({ name }) => (name === 'opml' ? [] : ['the root is not OPML']) },
  {
    name: 'a list has one head and one body',
    faults: opml => ['head', 'body'].flatMap(name => (childrenOf(opml, name).length === 1 ? [] : [`<opml> has not one <${name}>`])),
  },
]

function inspectXml(xml: string, rules: readonly Rule<ReadElement>[], ids: (root: ReadElement) => readonly string[]): Inspection {
  const { root, faults } = readElements(xml)
  if (root === undefined) return { faults: faults.length > 0 ? faults : ['not well-formed: there is no element'], ids: [] }
  // What is cut off or ill-formed breaks rules by the dozen; the cause is enough.
  return { faults: faults.length > 0 ? faults : brokenRules(rules, root), ids: ids(root) }
}
