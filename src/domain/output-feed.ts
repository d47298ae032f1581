import type { Category, FeedMetadata, Person, Text } from './feed.ts'
import type { EntryKey, OutletId, Slug } from './identifiers.ts'
import type { Tier } from './match.ts'
import type { Instant } from './time.ts'

/** How an entry of a published feed is headed. */
export type TitleMode = 'japanese' | 'bilingual' | 'original'

/** How much of its entries' texts a feed carries; of an article never more than its outlet's policy allows. */
export type ContentMode = 'full' | 'excerpt' | 'link'

/**
 * What is asked of an entry. Names and keywords are compared without regard to width, case and spaces; a keyword is
 * looked for in headline, title of the original, and text. `none` is also what an operator has rejected.
 */
export type Criterion =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'outlet'; readonly outlet: OutletId }
  | { readonly kind: 'author'; readonly name: string }
  | { readonly kind: 'match'; readonly state: 'accepted' | 'proposed' | 'none' }
  | { readonly kind: 'keyword'; readonly text: string }

/** Which entries a feed carries and how it presents them. */
export interface FeedSelection {
  /** At least one of these must hold; empty asks nothing. */
  readonly any: readonly Criterion[]
  readonly all: readonly Criterion[]
  readonly none: readonly Criterion[]
  /** Empty means every outlet, and posts without one. */
  readonly outlets: readonly OutletId[]
  /** Posts, posts and the outlets' articles that no post translates, or such articles alone. */
  readonly include: 'translated' | 'all' | 'untranslated'
  readonly titles: TitleMode
  readonly content: ContentMode
  /** The most characters of an entry's excerpt. */
  readonly excerptCharacters: number
  /** The most entries the document holds. */
  readonly limit: number
}

/** What a feed is there for: one label, the operator's own selection, all translations, those of an outlet, or what is still to translate. */
export type FeedKind = 'label' | 'selection' | 'all' | 'outlet' | 'untranslated'

/** Which feeds there are besides the labels' and those the operator asks for. */
export interface AutomaticFeeds {
  readonly all: boolean
  /** One for each outlet that has translations. */
  readonly outlets: boolean
  readonly untranslated: boolean
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
  /** What its atom:id is made from, where it was first published under another slug: the id outlives every move (RFC 4287 §4.2.6). */
  readonly firstSlug?: Slug
  readonly title: string
  readonly subtitle?: string
  readonly kind: FeedKind
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
