import type { Feed } from '../domain/feed.ts'
import { decodeReferences } from './character-references.ts'
import { decodeDocument, decodeUtf8 } from './decode-document.ts'
import { recognise } from './feed-root.ts'
import { readJsonFeed } from './json-feed.ts'
import { languageTag, type Place, placeInside } from './place.ts'
import { readOrderlyFeed, readXmlFeed } from './xml-feed.ts'

/** What is known of a document beside its bytes. */
export interface DocumentContext {
  /** The HTTP header as received. */
  readonly contentType?: string
  /** Where the bytes came from, after redirects; absolute, or '' where there is no such place. */
  readonly url: string
  /** The HTTP header as received (RFC 9110 §8.7); relative references resolve against it. */
  readonly contentLocation?: string
  /** The HTTP header as received (RFC 9110 §8.5): the feed's language where the document names none. */
  readonly contentLanguage?: string
}

/** A document read. `detail` says what came instead, as the object of "got …". */
export type ParsedDocument =
  | { readonly kind: 'feed'; readonly feed: Feed }
  /** A page, a challenge, some other document: what the address gives is no feed. */
  | { readonly kind: 'not-a-feed'; readonly detail: string }
  /** A feed in which nothing could be made out. */
  | { readonly kind: 'unreadable'; readonly detail: string }

// The largest feed in the field notes is 5 MB; all but a few are below 500 KB.
const MAX_ORDERLY_BYTES = 4_000_000

/**
 * Reads an Atom 1.0 or 0.3, RSS 2.0, 1.0 or 0.9x, CDF or JSON Feed document, well formed or not, in any encoding.
 *
 * Never throws, fetches nothing, expands no declared entity, and takes time in proportion to the document's size.
 * Entries that cannot be used are left out one by one and described in the feed's `skipped`.
 */
export async function parseFeed(bytes: Uint8Array, context: DocumentContext): Promise<ParsedDocument> {
  const { text } = decodeDocument(bytes, context.contentType)
  const place = documentPlace(context)
  const recognition = recognise(text)
  switch (recognition.kind) {
    case 'xml':
      return readXmlFeed(text, recognition.root, place)
    case 'json':
      return readJsonFeed(text.replace(/^\ufeff/, ''), place)
    case 'page':
      return { kind: 'not-a-feed', detail: pageDetail(recognition.title) }
    case 'other':
      return { kind: 'not-a-feed', detail: recognition.detail }
    case 'nothing':
      return { kind: 'unreadable', detail: recognition.detail }
  }
}

/**
 * Reads a document in good order: short, in UTF-8, well-formed, what nearly all are. Undefined for any other, which
 * `parseFeed` reads where a hang can be ended.
 */
export async function parseOrderlyFeed(bytes: Uint8Array, context: DocumentContext): Promise<ParsedDocument | undefined> {
  if (bytes.length > MAX_ORDERLY_BYTES) return undefined
  const text = decodeUtf8(bytes)
  const recognition = text === undefined ? undefined : recognise(text)
  if (text === undefined || recognition?.kind !== 'xml') return undefined
  const feed = await readOrderlyFeed(text, recognition.root, documentPlace(context))
  return feed === undefined ? undefined : { kind: 'feed', feed }
}

function documentPlace({ url, contentLocation, contentLanguage }: DocumentContext): Place {
  // A header with several languages says for whom the document is, not what it is written in.
  const language = languageTag(contentLanguage)
  const place = { base: URL.canParse(url) ? url : '', isStated: false, ...(language === undefined ? {} : { language }) }
  return placeInside(place, contentLocation, undefined)
}

function pageDetail(title: string | undefined): string {
  const name = decodeReferences(title ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return name === '' ? 'an HTML page' : `an HTML page titled “${name.slice(0, 120)}”`
}
