import type { Entry } from '../../domain/feed.ts'
import { escapeAttribute } from '../../html/escape.ts'
import { type ChildElement, childElements, childText } from './child-elements.ts'
import type { LeftOutKind } from './export-reading.ts'
import type { Sorted } from './feed-batches.ts'

const KIND = 'http://schemas.google.com/blogger/2008/kind#'
const KIND_SCHEME = 'http://schemas.google.com/g/2005#kind'

/** By what an entry says it is, in the words of either export. */
const KINDS: ReadonlyMap<string, LeftOutKind> = new Map([
  ['page', 'page'],
  ['comment', 'comment'],
  ['settings', 'setting'],
  ['template', 'template'],
])
const STATES: ReadonlyMap<string, LeftOutKind> = new Map([
  ['draft', 'draft'],
  ['scheduled', 'scheduled post'],
  ['soft_trashed', 'trashed post'],
  ['trashed', 'trashed post'],
])

/** Tells whether an entry comes from one of Blogger's exports, and from which. */
export function bloggerExportOf(piece: string): 'blogger-backup' | 'blogger-takeout' | undefined {
  const children = childElements(piece)
  if (childText(children, 'type') !== '' && childText(children, 'status') !== '') return 'blogger-takeout'
  return kindCategory(children) === undefined ? undefined : 'blogger-backup'
}

/**
 * Sorts an entry of a Blogger export: posts that are live stay. The old backup tells kinds apart by category and drafts
 * by app:control under either of its namespaces, Takeout has `blogger:type` and `blogger:status` (FIELD-NOTES §1).
 *
 * @param home where the blog is, ending in `/`: Takeout gives the path of a post and not its address
 */
export function sortBloggerEntry(piece: string, home: string | undefined): Sorted {
  const children = childElements(piece)
  const left = leftOut(children)
  if (left !== undefined) return { kind: 'left-out', skipped: [{ ...left, count: 1 }] }
  return { kind: 'post', id: childText(children, 'id'), xml: withAddress(piece, children, home), finish: withoutKind }
}

function leftOut(children: readonly ChildElement[]): { readonly what: LeftOutKind; readonly why: string } | undefined {
  const type = (kindCategory(children)?.slice(KIND.length) ?? childText(children, 'type')).toLowerCase()
  if (type !== '' && type !== 'post') return { what: KINDS.get(type) ?? 'other item', why: KINDS.has(type) ? '' : type.slice(0, 40) }
  if (isDraft(children)) return { what: 'draft', why: '' }
  if (childText(children, 'trashed') !== '') return { what: 'trashed post', why: '' }
  const state = childText(children, 'status').toLowerCase()
  if (state === '' || state === 'live') return undefined
  return { what: STATES.get(state) ?? 'draft', why: STATES.has(state) ? '' : state.slice(0, 40) }
}

function kindCategory(children: readonly ChildElement[]): string | undefined {
  return children
    .find(({ name, attributes }) => name === 'category' && attributes.get('term')?.startsWith(KIND) === true)
    ?.attributes.get('term')
}

/** RFC 5023 §13.1.1, whatever the prefix is bound to, if it is. */
function isDraft(children: readonly ChildElement[]): boolean {
  const control = children.find(({ name }) => name === 'control')
  return control !== undefined && childText(childElements(`<control>${control.inner}</control>`), 'draft').toLowerCase() === 'yes'
}

function withAddress(piece: string, children: readonly ChildElement[], home: string | undefined): string {
  const path = childText(children, 'filename')
  const hasPage = children.some(({ name, attributes }) => name === 'link' && (attributes.get('rel') ?? 'alternate') === 'alternate')
  if (hasPage || path === '' || home === undefined) return piece
  const address = URL.parse(path.replace(/^\/+/, ''), home)
  if (address === null || !address.href.startsWith('http')) return piece
  const end = piece.lastIndexOf('</')
  const prefix = /^<\/([\w.-]+:)?/.exec(piece.slice(end, end + 100))?.[1] ?? ''
  return `${piece.slice(0, end)}<${prefix}link rel="alternate" type="text/html" href="${escapeAttribute(address.href)}"/>${piece.slice(end)}`
}

/** The kind is no label: without it a post is what the blog's feed gives. */
function withoutKind(entry: Entry): Entry {
  return { ...entry, categories: entry.categories.filter(({ scheme }) => scheme !== KIND_SCHEME) }
}
