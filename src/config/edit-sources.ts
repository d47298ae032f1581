import { isDeepStrictEqual } from 'node:util'
import { isMap, parseDocument } from 'yaml'
import { AppError } from '../domain/app-error.ts'
import { appendItems, type Splice } from './edit-yaml-list.ts'
import type { ListItem } from './write-yaml-item.ts'

/** A feed as it is written under an outlet. */
export interface NewFeed {
  readonly id?: string
  readonly url: string
}

/** An outlet as it is written. */
export interface NewOutlet {
  readonly id: string
  readonly name: string
  readonly homepage?: string
  readonly hosts: readonly string[]
  readonly language?: string
  readonly sources: readonly NewFeed[]
}

/** A post source as it is written. */
export interface NewPostSource {
  readonly id: string
  readonly feed: string
  readonly title?: string
}

/** What is added to a config. */
export interface SourceAdditions {
  /** Feeds of outlets that are there, by the outlet's id. */
  readonly feeds: ReadonlyMap<string, readonly NewFeed[]>
  readonly outlets: readonly NewOutlet[]
  readonly posts: readonly NewPostSource[]
}

/** A text changed: what it is now, and by which changes, in their order in the text. */
export interface EditedText {
  readonly text: string
  readonly splices: readonly Splice[]
}

/**
 * Adds feeds, outlets and post sources to the text of a YAML file, which keeps its comments, order and style: nothing in
 * it is written anew. That the result says what it said, with the additions, is checked.
 *
 * @param comment stands above every new outlet and post source
 * @throws AppError `config-invalid` where the file is written in a way that cannot be added to; what to add is in the message
 */
export function editSources(text: string, additions: SourceAdditions, comment: string): EditedText {
  const document = parseDocument(text, { keepSourceTokens: true, logLevel: 'silent' })
  const ids = outletIds(document.toJS())
  const lists: readonly AddedTo[] = [
    ...[...additions.feeds].map(([outlet, feeds]) => ({ path: ['outlets', ids.indexOf(outlet), 'sources'], items: feeds.map(feedItem) })),
    { path: ['outlets'], items: additions.outlets.map(outletItem), comment },
    { path: ['posts'], items: additions.posts.map(postItem), comment, isSecond: additions.outlets.length > 0 && !document.has('outlets') },
  ].filter(({ items }) => items.length > 0)
  if (lists.length === 0) return { text, splices: [] }
  const splices = lists.map(list => appendItems({ text, document, ...list }))
  const made = splices.filter(splice => splice !== undefined)
  const edited = spliced(text, made)
  if (made.length < splices.length || !says(edited, withItems(document.toJS(), lists))) throw cannotAdd(lists)
  return { text: edited, splices: made.toSorted((a, b) => a.start - b.start) }
}

/** Whether a YAML text has a top-level key. */
export function hasTopLevelKey(text: string, key: string): boolean {
  const { contents } = parseDocument(text, { logLevel: 'silent' })
  return isMap(contents) && contents.has(key)
}

interface AddedTo {
  readonly path: readonly (string | number)[]
  readonly items: readonly ListItem[]
  readonly comment?: string
  readonly isSecond?: boolean
}

function feedItem({ id, url }: NewFeed): ListItem {
  return { ...(id === undefined ? {} : { id }), url }
}

function outletItem({ id, name, homepage, hosts, language, sources }: NewOutlet): ListItem {
  const optional = { ...(homepage === undefined ? {} : { homepage }), hosts, ...(language === undefined ? {} : { language }) }
  return { id, name, ...optional, sources: sources.map(feedItem) }
}

function postItem({ id, feed, title }: NewPostSource): ListItem {
  return { id, feed, ...(title === undefined ? {} : { title }) }
}

function outletIds(data: unknown): readonly unknown[] {
  const { outlets } = (data ?? {}) as { readonly outlets?: unknown }
  return Array.isArray(outlets) ? outlets.map(outlet => (outlet as { readonly id?: unknown } | null)?.id) : []
}

/** Of two changes at one place the earlier in the list comes first: feeds go to an outlet before another follows it. */
function spliced(text: string, splices: readonly Splice[]): string {
  const backwards = splices.map((splice, order) => ({ ...splice, order })).toSorted((a, b) => b.start - a.start || b.order - a.order)
  return backwards.reduce((edited, { start, end, text: added }) => edited.slice(0, start) + added + edited.slice(end), text)
}

function says(text: string, data: unknown): boolean {
  const document = parseDocument(text, { logLevel: 'silent' })
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), data)
}

/** @param data of the file; changed */
function withItems(data: unknown, lists: readonly AddedTo[]): unknown {
  const root = (data ?? {}) as Record<PropertyKey, unknown>
  for (const { path, items } of lists) {
    const holder = path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], root)
    const key = path.at(-1) ?? ''
    const group = holder as Record<PropertyKey, unknown> | undefined
    const before = group?.[key]
    if (group !== undefined) group[key] = [...(Array.isArray(before) ? before : []), ...items]
  }
  return root
}

function cannotAdd(lists: readonly AddedTo[]): AppError {
  const wanted = lists.map(({ path, items }) => `${path.filter(step => typeof step === 'string').join('.')}: ${JSON.stringify(items)}`)
  return new AppError(
    'config-invalid',
    `expected lists written out in full, to which lines can be added; add this by hand: ${wanted.join(' ')}`,
  )
}
