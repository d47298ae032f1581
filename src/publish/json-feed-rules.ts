import { activeMarkup, isRfc3339, isWebAddress, type Rule, unfitIds } from './document-rules.ts'

/** A JSON object as it was read; nothing is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>

/** What every JSON Feed that is published keeps to (JSON Feed 1.1). */
export const JSON_FEED_RULES: readonly Rule<JsonObject>[] = [
  rule('the version is 1.1', feed => (feed['version'] === 'https://jsonfeed.org/version/1.1' ? [] : ['version is not JSON Feed 1.1'])),
  rule('a feed has a title', feed => (isText(feed['title']) ? [] : ['title is missing'])),
  rule('items are a list', feed => (Array.isArray(feed['items']) ? [] : ['items is not a list'])),
  rule('no id occurs twice', feed => unfitIds(idsOf(feed))),
  rule('an item has a content', feed =>
    itemsOf(feed).flatMap(item =>
      typeof item['content_html'] === 'string' || typeof item['content_text'] === 'string' ? [] : [`${nameOf(item)} has none`],
    ),
  ),
  rule('addresses are absolute', feed =>
    [feed, ...itemsOf(feed)]
      .flatMap(object => ['feed_url', 'home_page_url', 'url', 'external_url'].map(name => object[name]))
      .flatMap(address => (address === undefined || (typeof address === 'string' && isWebAddress(address)) ? [] : [`"${address}" is not`])),
  ),
  rule('dates are RFC 3339', feed =>
    itemsOf(feed)
      .flatMap(item => [item['date_published'], item['date_modified']])
      .flatMap(date => (date === undefined || (typeof date === 'string' && isRfc3339(date)) ? [] : [`"${date}" is not`])),
  ),
  rule('authors have a name', feed =>
    [feed, ...itemsOf(feed)]
      .flatMap(object => objectsIn(object['authors']))
      .flatMap(author => (isText(author['name']) ? [] : ['one has none'])),
  ),
  rule('tags are texts', feed =>
    itemsOf(feed).flatMap(item => (listOf(item['tags']).every(isText) ? [] : [`${nameOf(item)} has one that is none`])),
  ),
  rule('hubs have a type and an address', feed =>
    objectsIn(feed['hubs']).flatMap(({ type, url }) =>
      isText(type) && typeof url === 'string' && isWebAddress(url) ? [] : ['one has not'],
    ),
  ),
  rule('HTML holds nothing active', feed =>
    itemsOf(feed).flatMap(item => (typeof item['content_html'] === 'string' ? activeMarkup(item['content_html']) : [])),
  ),
]

/** The ids of a feed's items, in order; empty for an item without. */
export function idsOf(feed: JsonObject): readonly string[] {
  return listOf(feed['items']).map(item => (isObject(item) && 'id' in item ? String(item['id']) : ''))
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function rule(name: string, faults: Rule<JsonObject>['faults']): Rule<JsonObject> {
  return { name, faults }
}

function itemsOf(feed: JsonObject): readonly JsonObject[] {
  return objectsIn(feed['items'])
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isObject)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function nameOf(item: JsonObject): string {
  return `item "${item['id']}"`
}
