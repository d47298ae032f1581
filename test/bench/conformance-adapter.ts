import type { Entry, FeedMetadata, Person, Text } from '../../src/domain/feed.ts'
import { sanitizeHtml } from '../../src/html/sanitize.ts'
import { decodeDocument } from '../../src/parse/decode-document.ts'
import { pageOf } from '../../src/parse/links.ts'
import { parseFeed } from '../../src/parse/parse-feed.ts'

interface Response {
  readonly contentType?: string
  readonly url?: string
  readonly headers: Readonly<Record<string, string>>
}

/** Our reading of a document in the neutral shape of the conformance cases; throws where it is no feed. */
export async function parse(bytes: Uint8Array, { contentType, url, headers }: Response): Promise<unknown> {
  const header = (name: string) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const contentLocation = header('content-location')
  const contentLanguage = header('content-language')
  const parsed = await parseFeed(bytes, {
    url: url ?? '',
    ...(contentType === undefined ? {} : { contentType }),
    ...(contentLocation === undefined ? {} : { contentLocation }),
    ...(contentLanguage === undefined ? {} : { contentLanguage }),
  })
  if (parsed.kind !== 'feed') throw new Error(parsed.detail)
  const { format, metadata, entries } = parsed.feed
  return {
    format,
    encoding: decodeDocument(bytes, contentType).encoding,
    feed: neutralMetadata(metadata, url),
    entries: entries.map(entry => neutralEntry(entry, url)),
  }
}

function neutralMetadata(metadata: FeedMetadata, url: string | undefined) {
  const { title, subtitle, rights, links, ...rest } = metadata
  return {
    ...rest,
    title: shown(title, url),
    subtitle: shown(subtitle, url),
    rights: shown(rights, url),
    link: pageOf(links),
    image: metadata.logo,
    links,
    url: links.find(({ rel }) => rel === 'self')?.href,
    published: isoOf(metadata.published),
    updated: isoOf(metadata.updated),
    created: isoOf(metadata.created),
    ...neutralPersons(metadata),
    tags: metadata.categories,
  }
}

function neutralEntry(entry: Entry, url: string | undefined) {
  return {
    id: entry.id,
    title: shown(entry.title, url),
    summary: shown(entry.summary, url),
    content: shown(entry.content, url),
    rights: shown(entry.rights, url),
    language: entry.language,
    link: entry.url,
    links: entry.links,
    enclosures: entry.links.filter(({ rel }) => rel === 'enclosure').map(({ href, type, length }) => ({ url: href, type, length })),
    published: isoOf(entry.published),
    updated: isoOf(entry.updated),
    created: isoOf(entry.created),
    tags: entry.categories,
    comments: entry.links.find(({ rel }) => rel === 'replies')?.href,
    source: entry.source === undefined ? undefined : neutralMetadata(entry.source, url),
    ...neutralPersons(entry),
  }
}

function neutralPersons({ authors, contributors }: Pick<Entry, 'authors' | 'contributors'>) {
  const neutral = ({ name, uri, email }: Person) => ({ name, url: uri, email })
  const first = authors[0]
  return {
    author: first?.name,
    authorDetail: first === undefined ? undefined : neutral(first),
    authors: authors.map(neutral),
    contributors: contributors.map(neutral),
  }
}

function isoOf(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

/** Stands for the address of a document that has none, so that its relative references stay what they are. */
const NOWHERE = 'http://nowhere.invalid'
const NOWHERE_FOLDER = `${NOWHERE}/folder/`

/** A text as a reader would be shown it: HTML sanitised and resolved, everything else literal. */
function shown(text: Text | undefined, url = NOWHERE_FOLDER): string | undefined {
  if (text?.type !== 'html') return text?.value
  return sanitizeHtml(text.value, text.base ?? url)
    .replaceAll(NOWHERE_FOLDER, '')
    .replaceAll(NOWHERE, '')
}
