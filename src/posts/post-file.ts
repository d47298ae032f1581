import type { Entry, Person } from '../domain/feed.ts'
import type { FrontMatterKeys, PostFolderSource } from '../domain/outlet.ts'
import type { OutletDirectory } from '../domain/outlet-directory.ts'
import type { PostFacts, StatedOriginal } from '../domain/post.ts'
import type { Instant } from '../domain/time.ts'
import { blocksOf } from '../html/blocks.ts'
import { allFound, divideFile, type Found, type FrontMatter, found, textOfValue, textsOfValue } from './front-matter.ts'
import { dateInPath, statedDate } from './stated-date.ts'

/** The syntaxes files are written in; each parser has its one home elsewhere. */
export interface FileSyntax {
  readonly parseYaml: (text: string) => unknown
  readonly renderMarkdown: (text: string) => string
}

/** One file of a folder of posts. */
export interface PostFile {
  /** Relative to the folder, with `/`. */
  readonly path: string
  readonly text: string
  readonly modified: Instant
}

/** A file as an entry of a feed, with what its front matter says about the original. */
export interface FolderEntry {
  /** Relative to the folder, with `/`. */
  readonly path: string
  readonly entry: Entry
  readonly facts?: PostFacts
}

/** What a file came to. A problem begins with the line it is about: `3: …`. */
export type ReadFile =
  | { readonly kind: 'entry'; readonly entry: FolderEntry }
  | { readonly kind: 'draft' }
  | { readonly kind: 'problem'; readonly problem: string }

/**
 * Reads a Markdown or HTML file with front matter as an entry.
 *
 * The id is the one stated, else the stated address, else an IRI made of the source's id and the path, so that it outlives
 * a change of `urlTemplate`. A file without a date has that of its name, else of its last modification; a file without a
 * title has its first heading, else its name. A date that is stated but cannot be read is a problem, as a wrong one would
 * be published. A stated original that is no web address is passed over: `translated_from` often holds a commit.
 */
export function readPostFile(file: PostFile, source: PostFolderSource, directory: OutletDirectory, syntax: FileSyntax): ReadFile {
  const divided = divideFile(file.text, syntax.parseYaml)
  if (divided.kind === 'problem') return { kind: 'problem', problem: `${divided.line}: ${divided.message}` }
  const { fields, body } = divided
  const keys = source.frontMatter
  if (isDraft(fields, keys)) return { kind: 'draft' }
  const wrongDate = [...dates(fields, keys.published), ...dates(fields, keys.updated)].find(({ date }) => date === undefined)
  if (wrongDate !== undefined) {
    const message = `${wrongDate.key}: expected a date such as 2025-03-12 or 2025-03-12T10:00:00+09:00, got "${String(wrongDate.value).slice(0, 60)}"`
    return { kind: 'problem', problem: `${fields.lineOf(wrongDate.key)}: ${message}` }
  }
  const html = /\.html?$/i.test(file.path) ? body : syntax.renderMarkdown(body)
  const facts = factsOf(fields, source, directory)
  return {
    kind: 'entry',
    entry: { path: file.path, entry: entryOf(file, fields, html, source), ...(facts === undefined ? {} : { facts }) },
  }
}

function entryOf(file: PostFile, fields: FrontMatter, html: string, source: PostFolderSource): Entry {
  const { frontMatter: keys } = source
  const text = (names: readonly string[]) => textOfValue(found(fields, names)?.value)
  const own = addressOf(file.path, source.urlTemplate)
  const stated = webAddress(text(keys.url), own)
  const url = stated ?? own
  const [updated] = dates(fields, keys.updated)
  return {
    id: text(keys.id) ?? stated ?? `urn:kakehashi:${source.id}:${encodedPath(file.path)}`,
    title: { type: 'text', value: text(keys.title) ?? titleWithin(html) ?? nameOf(file.path) },
    content: { type: 'html', value: html },
    published: dates(fields, keys.published)[0]?.date ?? dateInPath(file.path) ?? file.modified,
    ...(updated?.date === undefined ? {} : { updated: updated.date }),
    ...(url === undefined ? {} : { url }),
    authors: personsOf(found(fields, keys.author)?.value),
    contributors: [],
    categories: textsOfValue(found(fields, keys.labels)?.value).map(term => ({ term })),
    links: url === undefined ? [] : [{ rel: 'alternate', href: url, type: 'text/html' }],
  }
}

/** Also Jekyll's way of saying it, `published: false`. */
function isDraft(fields: FrontMatter, { draft, published }: FrontMatterKeys): boolean {
  const says = String(found(fields, draft)?.value ?? '')
  return /^(?:true|yes|on|1)$/i.test(says) || allFound(fields, published).some(({ value }) => value === false)
}

/** The dates stated under some keys; `date` is undefined where one cannot be read. A boolean (`published: true`) states none. */
function dates(fields: FrontMatter, keys: readonly string[]): readonly (Found & { readonly date: Instant | undefined })[] {
  return allFound(fields, keys)
    .filter(({ value }) => typeof value !== 'boolean')
    .map(({ key, value }) => ({ key, value, date: statedDate(value) }))
}

function factsOf(fields: FrontMatter, { frontMatter: keys }: PostFolderSource, directory: OutletDirectory): PostFacts | undefined {
  const stated = statedOriginal(fields, keys, directory)
  const comment = textOfValue(found(fields, keys.comment)?.value)
  if (stated === undefined && comment === undefined) return undefined
  return { ...(stated === undefined ? {} : { stated }), ...(comment === undefined ? {} : { comment }) }
}

function statedOriginal(fields: FrontMatter, keys: FrontMatterKeys, directory: OutletDirectory): StatedOriginal | undefined {
  const url = allFound(fields, keys.originalUrl)
    .map(({ key, value }) => ({ key, value: webAddress(textOfValue(value)) }))
    .find(({ value }) => value !== undefined)
  const title = allFound(fields, keys.originalTitle).find(({ value }) => textOfValue(value) !== undefined)
  const outlet = allFound(fields, keys.outlet)
    .map(({ key, value }) => ({ key, value: outletOf(textOfValue(value), directory) }))
    .find(({ value }) => value !== undefined)
  const [first] = [url, title, outlet].flatMap(stated => stated?.key ?? [])
  if (first === undefined) return undefined
  return {
    ...(url?.value === undefined ? {} : { url: url.value }),
    ...(title === undefined ? {} : { title: textOfValue(title.value) ?? '' }),
    ...(outlet?.value === undefined ? {} : { outlet: outlet.value }),
    where: `front matter "${first}"`,
  }
}

function outletOf(name: string | undefined, directory: OutletDirectory) {
  if (name === undefined) return undefined
  return (directory.byName(name) ?? directory.byUrl(name)?.outlet)?.id
}

function personsOf(value: unknown): readonly Person[] {
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap(item => {
    const name = textOfValue(item) ?? textOfValue(found({ data: { item }, lineOf: () => 1 }, ['item.name'])?.value)
    return name === undefined ? [] : [{ name }]
  })
}

function titleWithin(html: string): string | undefined {
  const [, title] = /<title(?:\s[^<>]*)?>([^<>]{1,1000})<\/title>/i.exec(html) ?? []
  return blocksOf(title ?? '')[0]?.text ?? blocksOf(html).find(({ kind }) => kind === 'heading')?.text
}

function nameOf(path: string): string {
  const segments = withoutExtension(path).split('/')
  const name = segments.at(-1) === 'index' ? (segments.at(-2) ?? 'index') : (segments.at(-1) ?? path)
  return name.replace(/^\d{4}-\d{2}-\d{2}[-_.\s]+/, '')
}

function addressOf(path: string, urlTemplate: string): string | undefined {
  return webAddress(urlTemplate.replaceAll('{path}', () => encodedPath(path)))
}

/** Without extension, percent-encoded, in NFC: some file systems give Japanese names decomposed. */
function encodedPath(path: string): string {
  return withoutExtension(path).normalize('NFC').toWellFormed().split('/').map(encodeURIComponent).join('/')
}

function withoutExtension(path: string): string {
  return path.replace(/\.(?:md|markdown|html?)$/i, '')
}

function webAddress(text: string | undefined, base?: string): string | undefined {
  const url = text === undefined ? null : URL.parse(text, base)
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined
}
