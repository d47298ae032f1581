import type { Category, Entry } from '../../domain/feed.ts'
import { statedDate } from '../stated-date.ts'
import { type ChildElement, childElements, childText } from './child-elements.ts'
import type { LeftOut, LeftOutKind } from './export-reading.ts'
import type { Sorted } from './feed-batches.ts'
import { brokenIntoParagraphs } from './paragraphs.ts'

const TYPES: ReadonlyMap<string, LeftOutKind> = new Map([
  ['page', 'page'],
  ['attachment', 'attachment'],
  ['nav_menu_item', 'menu item'],
  ['revision', 'revision'],
])
const STATES: ReadonlyMap<string, LeftOutKind> = new Map([
  ['draft', 'draft'],
  ['auto-draft', 'draft'],
  ['pending', 'draft'],
  ['future', 'scheduled post'],
  ['private', 'private post'],
  ['trash', 'trashed post'],
])
// WordPress has other taxonomies (post formats, menus, languages) that readers do not see as labels.
const LABEL_DOMAINS = new Set(['category', 'post_tag', 'tag'])

/** Sorts an item of a WordPress export (WXR): published posts without a password stay, their comments do not. */
export function sortWordpressItem(piece: string): Sorted {
  const children = childElements(piece)
  const left = leftOut(children)
  if (left !== undefined) return { kind: 'left-out', skipped: [{ ...left, count: 1 }] }
  const comments = children.filter(({ name }) => name === 'comment').length
  const skipped: readonly LeftOut[] = comments === 0 ? [] : [{ what: 'comment', why: '', count: comments }]
  return { kind: 'post', id: childText(children, 'guid'), xml: piece, skipped, finish: entry => finished(entry, children) }
}

function leftOut(children: readonly ChildElement[]): { readonly what: LeftOutKind; readonly why: string } | undefined {
  const type = childText(children, 'post_type').toLowerCase()
  if (type !== '' && type !== 'post') return { what: TYPES.get(type) ?? 'other item', why: TYPES.has(type) ? '' : type.slice(0, 40) }
  if (childText(children, 'post_password') !== '') return { what: 'private post', why: 'it has a password' }
  const state = childText(children, 'status').toLowerCase()
  if (state === '' || state === 'publish') return undefined
  return { what: STATES.get(state) ?? 'draft', why: STATES.has(state) ? '' : state.slice(0, 40) }
}

/** The export holds the text as it is edited, its dates as MySQL has them, and every taxonomy as a category. */
function finished(entry: Entry, children: readonly ChildElement[]): Entry {
  const {
    content,
    summary,
    published = timeOf(children, 'post_date_gmt'),
    updated = timeOf(children, 'post_modified_gmt'),
    ...rest
  } = entry
  const excerpt = excerptOf(children)
  return {
    ...rest,
    categories: entry.categories.flatMap(labelOf),
    ...(content === undefined ? {} : { content: { ...content, value: brokenIntoParagraphs(content.value) } }),
    ...(summary !== undefined ? { summary } : excerpt === '' ? {} : { summary: { type: 'html' as const, value: excerpt } }),
    ...(published === undefined ? {} : { published }),
    ...(updated === undefined ? {} : { updated }),
  }
}

function labelOf({ term, scheme }: Category): readonly Category[] {
  return scheme === undefined || LABEL_DOMAINS.has(scheme) ? [{ term }] : []
}

function timeOf(children: readonly ChildElement[], name: string): number | undefined {
  return statedDate(childText(children, name))
}

/** `excerpt:encoded`: the feed's `description` is empty in an export. */
function excerptOf(children: readonly ChildElement[]): string {
  return childText(
    children.filter(({ qualifiedName }) => qualifiedName === 'excerpt:encoded'),
    'encoded',
  )
}
