import type { Instant } from './time.ts'

/** RFC 4287 §3.2: a person or an organisation. */
export interface Person {
  readonly name: string
  readonly uri?: string
  readonly email?: string
}

/** RFC 4287 §4.2.7. `href` is absolute wherever it could be resolved. */
export interface Link {
  readonly rel: string
  readonly href: string
  readonly type?: string
  readonly hreflang?: string
  readonly title?: string
  /** Bytes, as the publisher claims. */
  readonly length?: number
}

/** RFC 4287 §4.2.2. */
export interface Category {
  readonly term: string
  readonly scheme?: string
  readonly label?: string
}

/** RFC 4287 §3.1: `text` is literal, `html` is an HTML fragment that nobody has sanitised yet. */
export interface Text {
  readonly type: 'text' | 'html'
  readonly value: string
  /** BCP 47 tag, where it differs from what surrounds it. */
  readonly language?: string
  /** What relative references in `value` resolve against, where the publisher states it (xml:base, Content-Location). */
  readonly base?: string
}

/**
 * What a feed says of itself, in Atom's terms whatever its syntax; also what `atom:source`
 * (RFC 4287 §4.2.11) carries when one of its entries is republished.
 */
export interface FeedMetadata {
  readonly id?: string
  readonly title?: Text
  readonly subtitle?: Text
  readonly rights?: Text
  readonly published?: Instant
  readonly updated?: Instant
  /** When it was first written, where that is told apart from its publication (Atom 0.3, Dublin Core terms). */
  readonly created?: Instant
  readonly language?: string
  readonly generator?: string
  readonly icon?: string
  readonly logo?: string
  readonly authors: readonly Person[]
  readonly contributors: readonly Person[]
  readonly categories: readonly Category[]
  readonly links: readonly Link[]
}

/** One entry of a feed as its publisher wrote it. Everything but `id` can be missing. */
export interface Entry {
  /** atom:id, RSS guid or, where a feed has neither, a stand-in made from link and title; unique within its feed. */
  readonly id: string
  readonly title?: Text
  readonly summary?: Text
  readonly content?: Text
  readonly rights?: Text
  readonly published?: Instant
  readonly updated?: Instant
  /** When it was first written, where that is told apart from its publication (Atom 0.3, Dublin Core terms). */
  readonly created?: Instant
  readonly language?: string
  /** The page of the entry: the first `alternate` link, resolved. */
  readonly url?: string
  readonly authors: readonly Person[]
  readonly contributors: readonly Person[]
  readonly categories: readonly Category[]
  readonly links: readonly Link[]
  /** The feed the entry was copied from, where its publisher already aggregates (RFC 4287 §4.2.11). */
  readonly source?: FeedMetadata
}

/** How a long feed is divided: OpenSearch 1.1 (Blogger) numbers, and RFC 5005 links among `FeedMetadata.links`. */
export interface Paging {
  readonly totalResults?: number
  /** 1-based. */
  readonly startIndex?: number
  readonly itemsPerPage?: number
}

/** When a publisher wants to be asked. */
export interface PublishingRhythm {
  /** RSS 2.0 `ttl`: how long the document may be kept. */
  readonly ttlMs?: number
  /** RSS 1.0 syndication module: `updatePeriod` divided by `updateFrequency`. */
  readonly updateEveryMs?: number
  /** RSS `skipHours`: hours of the day, UTC, 0 to 23, in which nothing new appears. */
  readonly skipHours?: readonly number[]
  /** RSS `skipDays`: days of the week, UTC, 0 is Sunday. */
  readonly skipDays?: readonly number[]
}

/** One fetched document, whatever its syntax. `entries` keeps the document's order. */
export interface Feed {
  readonly format: 'atom' | 'rss' | 'rdf' | 'json' | 'cdf'
  readonly metadata: FeedMetadata
  readonly entries: readonly Entry[]
  readonly paging?: Paging
  readonly rhythm?: PublishingRhythm
  /** Entries that were left out, and why, one sentence each. */
  readonly skipped: readonly string[]
}
