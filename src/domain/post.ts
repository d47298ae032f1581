import type { Link, Person } from './feed.ts'
import type { EntryKey, OutletId, SourceId } from './identifiers.ts'
import type { Instant } from './time.ts'

/** An address on a known outlet's host that the post's body mentions. */
export interface CitedAddress {
  /** As written, resolved. */
  readonly url: string
  /** The comparison form, `articleAddress(url)`. */
  readonly address: string
  readonly outlet: OutletId
  /** `link` is an href, `text` is bare text. */
  readonly as: 'link' | 'text'
  /** 0-based block (paragraph, heading, list item …) of the body it stands in. */
  readonly block: number
  /** It stands alone in its block, or behind a word such as 原文 or 出典. */
  readonly isCredit: boolean
}

/** Author, date or both of an English article, found as a line of the body ("By Jon Hemmerdinger12 December 2020"). */
export interface Byline {
  readonly block: number
  readonly author?: string
  /** Midnight UTC of the day named. */
  readonly date?: Instant
}

/** A block of the body written in English that could be the article's title. */
export interface EnglishLine {
  readonly block: number
  readonly text: string
}

/** What the author of the post states about its original outside the body (front matter). */
export interface StatedOriginal {
  readonly url?: string
  readonly title?: string
  readonly outlet?: OutletId
  /** Where it was stated, for people: `front matter "original_url"`. */
  readonly where: string
}

/** What the author of a post says about it outside title and body. */
export interface PostFacts {
  readonly stated?: StatedOriginal
  readonly comment?: string
}

/** A translated post, read: its title taken apart, its body searched for its original. */
export interface Post {
  readonly key: EntryKey
  readonly source: SourceId
  /** The post's own atom:id; kept when republished (RFC 4287 §4.2.6). */
  readonly id: string
  readonly url?: string
  readonly title: string
  /** The title without outlet and comment. */
  readonly headline: string
  /** What the translator adds in the title (`…―comment`). */
  readonly comment?: string
  /** Outlets named in title or front matter, in order, without repeats. */
  readonly outlets: readonly OutletId[]
  readonly labels: readonly string[]
  readonly authors: readonly Person[]
  readonly language: string
  readonly published: Instant
  readonly updated: Instant
  readonly html: string
  /** The body as text, one block a line, drop caps joined to their word. */
  readonly text: string
  readonly links: readonly Link[]
  readonly cited: readonly CitedAddress[]
  readonly englishLines: readonly EnglishLine[]
  readonly bylines: readonly Byline[]
  readonly stated?: StatedOriginal
}
