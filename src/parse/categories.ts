import type { Category } from '../domain/feed.ts'
import { decodeReferences } from './character-references.ts'
import { attributeOf, childrenOf, childText, type FeedNode, textOf } from './feed-node.ts'

/** Media RSS 1.5: the scheme of a category that names none. */
const MEDIA_SCHEME = 'http://search.yahoo.com/mrss/category_schema'
/** Where Apple's list of categories is from, which podcasts take theirs from. */
const ITUNES_SCHEME = 'http://www.itunes.com/'

/** The categories of a feed or entry in any of the ways feeds state them: each once, in document order per element. */
export function categoriesOf(node: FeedNode): readonly Category[] {
  const found = [
    ...listed(childText(node, 'f.tags')),
    ...['f.category', 'atom.category', 'f.keywords'].flatMap(name => childrenOf(node, name).map(stated)),
    ...childrenOf(node, 'dc.subject').map(child => category(textOf(child))),
    ...childrenOf(node, 'media.category').map(child =>
      category(textOf(child), attributeOf(child, 'scheme') ?? MEDIA_SCHEME, attributeOf(child, 'label')),
    ),
    ...listed(childText(node, 'media.keywords')),
    ...childrenOf(node, 'itunes.category').flatMap(podcastCategories),
    ...listed(childText(node, 'itunes.keywords'), ITUNES_SCHEME),
  ]
  const byKey = new Map<string, Category>()
  for (const item of found) if (item !== undefined && !byKey.has(keyOf(item))) byKey.set(keyOf(item), item)
  return [...byKey.values()]
}

function stated(node: FeedNode): Category | undefined {
  return category(
    attributeOf(node, 'term') ?? textOf(node),
    attributeOf(node, 'scheme') ?? attributeOf(node, 'domain'),
    attributeOf(node, 'label'),
  )
}

/** A category and the narrower ones within it. */
function podcastCategories(node: FeedNode): readonly (Category | undefined)[] {
  return [node, ...childrenOf(node, 'itunes.category')].map(child => category(attributeOf(child, 'text') ?? textOf(child), ITUNES_SCHEME))
}

function listed(text: string | undefined, scheme?: string): readonly (Category | undefined)[] {
  return text === undefined ? [] : text.split(',').map(term => category(term, scheme))
}

function category(text: string | undefined, scheme?: string, label?: string): Category | undefined {
  const term = text === undefined ? '' : decodeReferences(text).replace(/\s+/g, ' ').trim()
  if (term === '') return undefined
  return { term, ...(scheme === undefined ? {} : { scheme }), ...(label === undefined ? {} : { label }) }
}

function keyOf({ term, scheme = '' }: Category): string {
  return `${scheme}\n${term}`
}
