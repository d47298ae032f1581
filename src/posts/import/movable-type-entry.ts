import { createHash } from 'node:crypto'
import type { Category, Entry, Text } from '../../domain/feed.ts'
import { renderMarkdown } from '../markdown.ts'
import type { ExportContext, LeftOutKind } from './export-reading.ts'
import type { MovableTypeRecord } from './movable-type-records.ts'
import { brokenIntoParagraphs } from './paragraphs.ts'
import type { WallTime } from './wall-time.ts'

/** What makes entries of records. */
export interface EntryMaker extends Pick<ExportContext, 'source' | 'home'> {
  readonly wallTime: WallTime
  /** Hatena serves an entry at `/entry/` and its basename; elsewhere a basename gives no address. */
  readonly isHatena: boolean
}

/** Why a record is not imported; undefined where it is. */
export function leftOutOf({ fields, sections }: MovableTypeRecord): { readonly what: LeftOutKind; readonly why: string } | undefined {
  const status = first(fields, 'STATUS')?.toLowerCase() ?? ''
  if (status.startsWith('draft')) return { what: 'draft', why: '' }
  if (status.startsWith('future')) return { what: 'scheduled post', why: '' }
  if (status !== '' && !status.startsWith('publish')) return { what: 'private post', why: `its status is ${status.slice(0, 40)}` }
  const isEmpty = [...sections.values()].every(text => text === '') && (first(fields, 'TITLE') ?? '') === ''
  return isEmpty ? { what: 'unreadable post', why: 'it has neither title nor text' } : undefined
}

/** Tells whether the records come from Hatena Blog: their basenames are a date and a time. */
export function isHatenaExport(records: readonly MovableTypeRecord[]): boolean {
  return records.some(({ fields }) => /^\d{4}\/\d{2}\/\d{2}\/\w+$/.test(first(fields, 'BASENAME') ?? ''))
}

/** Makes an entry of a record. Its id is its address where it has one, as in the RSS of the Japanese blog services. */
export function movableTypeEntry({ fields, sections }: MovableTypeRecord, maker: EntryMaker): Entry {
  const title = first(fields, 'TITLE') ?? ''
  const author = first(fields, 'AUTHOR')
  const date = first(fields, 'DATE') ?? ''
  const published = maker.wallTime(date)
  const updated = maker.wallTime(first(fields, 'MODIFIED DATE') ?? first(fields, 'MODIFIED') ?? '')
  const url = addressOf(fields, maker)
  const excerpt = sections.get('EXCERPT') ?? ''
  const format = first(fields, 'CONVERT BREAKS') ?? ''
  const body = ['BODY', 'EXTENDED BODY'].map(name => contentOf(sections.get(name) ?? '', format)).filter(html => html !== '')
  return {
    id: url ?? standInId(fields, maker),
    title: textOf(title),
    ...(body.length === 0 ? {} : { content: { type: 'html', value: body.join('\n') } }),
    ...(excerpt === '' ? {} : { summary: { type: 'html', value: excerpt } }),
    ...(published === undefined ? {} : { published }),
    ...(updated === undefined ? {} : { updated }),
    ...(url === undefined ? {} : { url }),
    authors: author === undefined ? [] : [{ name: author }],
    contributors: [],
    categories: labelsOf(fields),
    links: url === undefined ? [] : [{ rel: 'alternate', href: url, type: 'text/html' }],
  }
}

/** Whether a record names its post in no way that gives an address, wherever the blog is. */
export function isNameless({ fields }: MovableTypeRecord, maker: EntryMaker): boolean {
  return addressOf(fields, { ...maker, home: maker.home ?? 'https://blog.invalid/' }) === undefined
}

type Fields = MovableTypeRecord['fields']

function first(fields: Fields, key: string): string | undefined {
  return fields.get(key)?.find(value => value !== '')
}

function addressOf(fields: Fields, { home, isHatena }: EntryMaker): string | undefined {
  for (const key of ['PERMALINK', 'UNIQUE URL', 'URL', 'PATH']) {
    const stated = URL.parse(first(fields, key) ?? '', home)
    if (first(fields, key) !== undefined && stated !== null && /^https?:$/.test(stated.protocol)) return stated.href
  }
  const basename = first(fields, 'BASENAME')
  if (!isHatena || basename === undefined || home === undefined) return undefined
  return URL.parse(`entry/${basename.replace(/^\/+/, '')}`, home)?.href
}

/** The blog with the basename as a fragment, else an RFC 6920 name of source, date and title. */
function standInId(fields: Fields, { home, source }: EntryMaker): string {
  const basename = first(fields, 'BASENAME')
  if (basename !== undefined && home !== undefined) return `${home}#${encodeURIComponent(basename)}`
  const said = basename === undefined ? [source, first(fields, 'DATE'), first(fields, 'TITLE')] : [source, basename]
  return `ni:///sha-256;${createHash('sha256').update(JSON.stringify(said)).digest('base64url')}`
}

/** Titles are text; only some services write references in them. */
function textOf(title: string): Text {
  return { type: /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,10});/i.test(title) ? 'html' : 'text', value: title }
}

/** By the text filter the entry was written with; unknown ones give HTML already. */
function contentOf(text: string, format: string): string {
  if (/^markdown/i.test(format)) return renderMarkdown(text)
  return /^(?:|1|__default__|convert_breaks)$/i.test(format) ? brokenIntoParagraphs(text) : text
}

function labelsOf(fields: Fields): readonly Category[] {
  const tags = (fields.get('TAGS') ?? []).flatMap(line =>
    [...line.matchAll(/"([^"]*)"|([^,"]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? ''),
  )
  const terms = [...(fields.get('PRIMARY CATEGORY') ?? []), ...(fields.get('CATEGORY') ?? []), ...tags].map(term => term.trim())
  return [...new Set(terms.filter(term => term !== ''))].map(term => ({ term }))
}
