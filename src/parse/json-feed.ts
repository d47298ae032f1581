import type { Category, Feed, Link, Person, Text } from '../domain/feed.ts'
import { type Draft, identified } from './entry-identity.ts'
import { instantOf } from './instants.ts'
import { mendedJson } from './mended-json.ts'
import { languageTag, type Place, resolved } from './place.ts'
import { present } from './present.ts'
import { shortened } from './skipped-notes.ts'

/** A JSON Feed, or what the JSON is instead. */
export type JsonReading =
  | { readonly kind: 'feed'; readonly feed: Feed }
  | { readonly kind: 'not-a-feed'; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly detail: string }

const MAX_ITEMS = 10_000

type Json = Readonly<Record<string, unknown>>

/**
 * Reads JSON Feed 1.0 and 1.1 (jsonfeed.org); values of the wrong type count as missing. Of a document that is cut off,
 * what is complete is read.
 */
export function readJsonFeed(text: string, place: Place): JsonReading {
  const whole = parsed(text)
  if (whole !== undefined) return read(whole, place, [])
  // A document that only begins like JSON is prose; one that names itself a feed is a broken feed.
  if (!/"https?:\/\/(?:www\.)?jsonfeed\.org\/version\/|"(?:feed_url|home_page_url)"\s*:/.test(text.slice(0, 2000)))
    return { kind: 'not-a-feed', detail: 'text that begins like JSON but is none' }
  const rest = parsed(mendedJson(text) ?? '')
  if (rest !== undefined) return read(rest, place, ['The document is cut off: what came behind is missing.'])
  return { kind: 'unreadable', detail: 'a JSON Feed whose JSON is broken or cut off before its first complete entry' }
}

function read(document: unknown, place: Place, left: readonly string[]): JsonReading {
  if (!isObject(document) || !isFeed(document)) return { kind: 'not-a-feed', detail: 'a JSON document that is no JSON Feed' }
  return { kind: 'feed', feed: feedOf(document, place, left) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFeed(document: Json): boolean {
  const version = string(document['version'])
  return Array.isArray(document['items']) && (version?.includes('jsonfeed.org/') === true || string(document['feed_url']) !== undefined)
}

function feedOf(document: Json, outer: Place, before: readonly string[]): Feed {
  const language = languageTag(string(document['language'])) ?? outer.language
  const place = { ...outer, ...present({ language }) }
  const items = array(document['items'])
  const left = items.length > MAX_ITEMS ? [`${items.length - MAX_ITEMS} entries after the first ${MAX_ITEMS} were left out.`] : [...before]
  const drafts = items.slice(0, MAX_ITEMS).flatMap((item, index): readonly Draft[] => {
    if (isObject(item)) return [entryOf(item, place)]
    left.push(`Entry ${index + 1} was left out: it is not an object.`)
    return []
  })
  const { entries, skipped } = identified(drafts)
  return {
    format: 'json',
    metadata: {
      ...present({
        title: text(document['title'], 'text'),
        subtitle: text(document['description'], 'text'),
        language,
        icon: address(document['icon'], place),
        logo: address(document['favicon'], place),
      }),
      authors: authors(document, place),
      contributors: [],
      categories: [],
      links: [
        ...link('alternate', document['home_page_url'], place),
        ...link('self', document['feed_url'], place),
        ...link('next', document['next_url'], place),
        ...array(document['hubs']).flatMap(hub => (isObject(hub) ? link('hub', hub['url'], place) : [])),
      ],
    },
    entries,
    skipped: shortened([...left, ...skipped]),
  }
}

function entryOf(item: Json, place: Place): Draft {
  const links = [
    ...link('alternate', item['url'], place),
    ...link('related', item['external_url'], place),
    ...array(item['attachments']).flatMap(attachment => (isObject(attachment) ? enclosure(attachment, place) : [])),
  ]
  const language = languageTag(string(item['language']))
  return {
    ...present({
      id: string(item['id']),
      title: text(item['title'], 'text'),
      summary: text(item['summary'], 'text'),
      content: text(item['content_html'], 'html') ?? text(item['content_text'], 'text'),
      published: instantOf(string(item['date_published'])),
      updated: instantOf(string(item['date_modified'])),
      language: language === place.language ? undefined : language,
      url: address(item['url'], place) ?? address(item['external_url'], place),
    }),
    authors: authors(item, place),
    contributors: [],
    categories: array(item['tags']).flatMap(category),
    links,
  }
}

/** JSON Feed 1.1 has `authors`, 1.0 a single `author`. */
function authors(owner: Json, place: Place): readonly Person[] {
  const listed = array(owner['authors'])
  return (listed.length > 0 ? listed : [owner['author']]).flatMap(author => {
    if (!isObject(author)) return []
    const uri = address(author['url'], place)
    const name = string(author['name']) ?? uri
    return name === undefined ? [] : [{ name, ...present({ uri }) }]
  })
}

function category(tag: unknown): readonly Category[] {
  const term = string(tag)
  return term === undefined ? [] : [{ term }]
}

function enclosure(attachment: Json, place: Place): readonly Link[] {
  const size = attachment['size_in_bytes']
  const length = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined
  const extra = present({ type: string(attachment['mime_type']), title: string(attachment['title']), length })
  return link('enclosure', attachment['url'], place).map(found => ({ ...found, ...extra }))
}

function link(rel: string, value: unknown, place: Place): readonly Link[] {
  const href = address(value, place)
  return href === undefined ? [] : [{ rel, href }]
}

function address(value: unknown, place: Place): string | undefined {
  const reference = string(value)
  return reference === undefined ? undefined : resolved(reference, place)
}

function text(value: unknown, type: Text['type']): Text | undefined {
  const content = string(value)
  return content === undefined ? undefined : { type, value: content }
}

/** Trimmed; numbers are taken too, since ids are often written as such (JSON Feed 1.1, `id`). */
function string(value: unknown): string | undefined {
  const content = typeof value === 'number' ? String(value) : value
  return typeof content === 'string' && content.trim() !== '' ? content.trim() : undefined
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
