import type { Category, FeedMetadata, Person, Text } from './feed.ts'
import type { EntryKey, OutletId, Slug } from './identifiers.ts'
import type { Tier } from './match.ts'
import type { Instant } from './time.ts'

/** How an entry of a published feed is headed. */
export type TitleMode = 'japanese' | 'bilingual' | 'original'

/** Which entries a feed carries and how it presents them. */
export interface FeedSelection {
  readonly any: readonly string[]
  readonly all: readonly string[]
  readonly none: readonly string[]
  /** Empty means every outlet, and posts without one. */
  readonly outlets: readonly OutletId[]
  /** `all` adds the outlets' articles that no post translates. */
  readonly include: 'translated' | 'all'
  readonly titles: TitleMode
  /** The most entries the document holds. */
  readonly limit: number
}

/** A feed the operator asks for, before the labels found on posts are known. */
export interface RequestedFeed extends FeedSelection {
  readonly slug?: Slug
  readonly label?: string
  readonly title?: string
  readonly subtitle?: string
}

/** A feed to publish. */
export interface FeedRule extends FeedSelection {
  readonly slug: Slug
  readonly title: string
  readonly subtitle?: string
  /** The label the feed stands for; null for a selection that is more than one label. */
  readonly label: string | null
}

/** The article a published post translates, as far as it is known. */
export interface Credit {
  readonly outlet?: { readonly id: OutletId; readonly name: string; readonly homepage?: string }
  readonly url?: string
  readonly title?: string
  readonly authors: readonly string[]
  readonly published?: Instant
  readonly language: string
  readonly tier: Tier
}

/** One entry as it is published: a translated post, or an article nobody has translated. */
export interface OutputEntry {
  readonly key: EntryKey
  readonly kind: 'post' | 'article'
  /** The id the entry has at home (RFC 4287 §4.2.6). */
  readonly id: string
  readonly url?: string
  /** The headline in the entry's own language: the translated one for a post. */
  readonly title: string
  readonly comment?: string
  readonly language: string
  readonly published: Instant
  readonly updated: Instant
  readonly authors: readonly Person[]
  readonly labels: readonly Category[]
  /** Outlets the post names, whether or not an original was found. */
  readonly outlets: readonly { readonly id: OutletId; readonly name: string }[]
  /** Sanitised HTML; absent where the outlet's policy is `link`. */
  readonly content?: string
  /** Plain text, one paragraph. */
  readonly excerpt: string
  /** The original of a translated post; absent when none is accepted. */
  readonly original?: Credit
  readonly rights?: Text
  /** The feed the entry was copied from. */
  readonly source: FeedMetadata
}

/** A feed as it is published: newest entry first, every string still raw. */
export interface OutputFeed {
  readonly rule: FeedRule
  /** Permanent; independent of the address it is served under. */
  readonly id: string
  readonly language: string
  /** The newest `updated` of its entries; null for a feed that has never had any. */
  readonly updated: Instant | null
  readonly entries: readonly OutputEntry[]
}
