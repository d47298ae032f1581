import { AppError } from '../domain/app-error.ts'
import type { Feed } from '../domain/feed.ts'
import type { FetchedDocument } from '../fetch/fetch-outcome.ts'
import type { Fetcher } from '../fetch/fetcher.ts'
import type { FeedLink } from '../html/feed-links.ts'
import { announcedFeeds } from '../parse/autodiscovery.ts'
import type { FeedParser } from '../parse/feed-parser.ts'
import type { ParsedDocument } from '../parse/parse-feed.ts'
import { addressFromOutside, shownAddress } from './sources-address.ts'
import type { FetchedFeed } from './sources-first-poll.ts'

/** What an address given by the operator led to. */
export type Finding = FoundFeed | SeveralFeeds

/** A feed, read. */
export interface FoundFeed {
  readonly kind: 'feed'
  readonly feed: Feed
  readonly fetched: FetchedFeed
  /** Where it is, if that is another address than the one given: the page announced it, or it moved for good. */
  readonly elsewhere?: string
  /** The page that announced it. */
  readonly page?: string
}

/** A page with a choice. */
export interface SeveralFeeds {
  readonly kind: 'several'
  readonly links: readonly FeedLink[]
}

/** What a search may use. */
export interface FeedSearch {
  readonly fetch: Fetcher['fetch']
  readonly parse: FeedParser['parse']
  readonly signal: AbortSignal
  /** Called with each address that turns out to be the feed's; throws where it is not wanted. */
  readonly accept: (address: string) => void
}

/**
 * Asks an address once. A feed is taken from the answer itself; a page that announces one feed leads to a second request,
 * for that feed. Addresses are not guessed.
 *
 * @throws AppError `feed-unreadable` where there is no feed to be had, and what `accept` throws
 */
export async function findFeed(url: string, search: FeedSearch): Promise<Finding> {
  const first = await read(url, search)
  if (first.parsed.kind === 'feed') return found(first.parsed.feed, { asked: url, document: first.fetched }, search)
  const links = announcedFeeds(first.fetched.bytes, contextOf(first.fetched))
  const [only, ...others] = links
  if (only === undefined) throw noFeed(url, `${first.parsed.detail}${first.parsed.kind === 'not-a-feed' ? ' that announces none' : ''}`)
  if (others.length > 0) return { kind: 'several', links }
  search.accept(only.href)
  const second = await read(only.href, search)
  if (second.parsed.kind !== 'feed') throw noFeed(only.href, second.parsed.detail)
  return {
    elsewhere: addressFromOutside(only.href) ?? only.href,
    ...found(second.parsed.feed, { asked: only.href, document: second.fetched }, search),
    page: first.fetched.url,
  }
}

interface Reading {
  readonly fetched: FetchedDocument
  readonly parsed: ParsedDocument
}

async function read(url: string, { fetch, parse, signal }: FeedSearch): Promise<Reading> {
  const fetched = await fetch({ url, validators: {} }, signal)
  if (fetched.kind === 'failed') throw new AppError('feed-unreadable', `${shownAddress(url)}: ${fetched.reason}: ${fetched.detail}`)
  if (fetched.kind === 'not-modified') throw noFeed(url, 'a 304 to a plain request')
  return { fetched, parsed: await parse(fetched.bytes, contextOf(fetched)) }
}

function contextOf({ url, contentType, contentLocation }: FetchedDocument) {
  return { url, ...(contentType === undefined ? {} : { contentType }), ...(contentLocation === undefined ? {} : { contentLocation }) }
}

function found(feed: Feed, fetched: FetchedFeed, { accept }: FeedSearch): FoundFeed {
  const { movedTo } = fetched.document
  const elsewhere = movedTo === undefined ? undefined : addressFromOutside(movedTo)
  if (elsewhere !== undefined) accept(elsewhere)
  return { kind: 'feed', feed, fetched, ...(elsewhere === undefined ? {} : { elsewhere }) }
}

function noFeed(url: string, detail: string): AppError {
  return new AppError('feed-unreadable', `${shownAddress(url)}: expected a feed, or a page that announces one, got ${detail}`)
}
