import { Feed, type FeedOptions, type Item } from 'feed'
import { type Element, xml2js } from 'xml-js'

// `feed` 6.0.0 spoils strings on their way: it rewrites ids and addresses and throws on those that are no URL, splits
// only the first `]]>`, passes control characters on and undoes `&amp;`. So in XML it is given harmless strings,
// and the real ones take their places in the tree it makes.
const STAND_IN = 'stand-in'
const STAND_IN_ADDRESS = 'https://stand-in.invalid/'
const STAND_IN_DATE = new Date(0)

/** What decides the elements an entry has: which texts there are. */
export interface EntryShape {
  readonly summary?: unknown
  readonly content?: unknown
}

// Made once for each shape: the package writes a document for every entry, and reading that costs more than all the rest.
const skeletons = new Map<string, Element>()

/** Gives the element of one entry, `<entry>` or `<item>`, with stand-ins for every string and date. */
export function entrySkeleton(syntax: 'atom' | 'rss', { summary, content }: EntryShape): Element {
  const shape = `${syntax} ${summary !== undefined} ${content !== undefined}`
  const skeleton = skeletons.get(shape) ?? madeSkeleton(syntax, { summary, content })
  skeletons.set(shape, skeleton)
  return skeleton
}

function madeSkeleton(syntax: 'atom' | 'rss', shape: EntryShape): Element {
  const item: Item = {
    title: STAND_IN,
    id: STAND_IN_ADDRESS,
    link: STAND_IN_ADDRESS,
    published: STAND_IN_DATE,
    date: STAND_IN_DATE,
    author: [{ name: STAND_IN }],
    ...(shape.summary !== undefined && { description: STAND_IN }),
    ...(shape.content !== undefined && { content: STAND_IN }),
  }
  const root = headerSkeleton(syntax, { updated: STAND_IN_DATE, language: undefined }, [item])
  return syntax === 'atom' ? childOf(root, 'entry') : childOf(childOf(root, 'channel'), 'item')
}

/** Gives the root of a document, `<feed>` or `<rss>`, with its date and language filled in and stand-ins for other strings. */
export function headerSkeleton(
  syntax: 'atom' | 'rss',
  header: { readonly updated: Date; readonly language: string | undefined },
  items: readonly Item[] = [],
): Element {
  const feed = new Feed({
    id: STAND_IN_ADDRESS,
    title: STAND_IN,
    description: STAND_IN,
    link: STAND_IN_ADDRESS,
    feedLinks: { atom: STAND_IN_ADDRESS, rss: STAND_IN_ADDRESS },
    author: { name: STAND_IN },
    copyright: STAND_IN,
    generator: STAND_IN,
    docs: 'https://www.rssboard.org/rss-specification',
    updated: header.updated,
    ...(header.language !== undefined && { language: header.language }),
  })
  for (const item of items) feed.addItem(item)
  // `compact: false` is what makes it an `Element`; the type of `xml2js` does not tell.
  const document = xml2js(syntax === 'atom' ? feed.atom1() : feed.rss2(), { compact: false }) as Element
  return childOf(document, syntax === 'atom' ? 'feed' : 'rss')
}

/** Gives one item as the package writes it in JSON Feed 1.0; JSON spoils no string. */
export function jsonItemOf(item: Item): Readonly<Record<string, unknown>> {
  const feed = new Feed({ title: STAND_IN })
  feed.addItem(item)
  const [only] = JSON.parse(feed.json1()).items
  return only
}

/** Gives the members a JSON Feed 1.0 has besides its items, as the package writes them. */
export function jsonHeaderOf(options: FeedOptions): Readonly<Record<string, unknown>> {
  const { items: _none, ...header } = JSON.parse(new Feed(options).json1())
  return header
}

/** Gives the first child of a name. */
export function childOf(parent: Element, name: string): Element {
  const child = parent.elements?.find(node => node.name === name)
  if (child === undefined) throw new Error(`feed package: expected <${name}> in <${parent.name ?? 'document'}>`)
  return child
}
