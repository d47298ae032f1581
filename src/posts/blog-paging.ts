import type { Feed } from '../domain/feed.ts'
import type { FailureReason } from '../domain/poll.ts'

/** How the posts of a blog are asked for page by page. A place is the number a page is asked for by. */
export interface BlogPaging {
  /** Where reading begins when every page is wanted. */
  readonly start: number
  /** How many posts to ask for at once, largest first: the next one is for a page that is too large, or too slow, to come. */
  readonly sizes: readonly [number, ...number[]]
  /** Edits of old posts come first, among the new ones; places then change with every edit. */
  readonly listsEdits: boolean
  readonly pageUrl: (feedUrl: string, place: number, size: number) => string
  /** The place of the page behind `feed`, which was asked for by `place`; undefined where it was the last. */
  readonly next: (feed: Feed, place: number) => number | undefined
  /** Whether a page that could not be had for this reason tells that there are no more. */
  readonly endsAt: (reason: FailureReason) => boolean
  /** A place as people read it: `entry 51`, `page 3`. */
  readonly describe: (place: number) => string
}

/** A blog of which a feed shows the newest posts alone. */
export interface PagedBlog {
  readonly whole: BlogPaging
  /** For more news than the feed shows. */
  readonly news: BlogPaging
  /** The place at which `news` goes on behind the feed. */
  readonly newsFrom: number
  /** Ids of the posts in the feed, where it is the first of the pages itself: one that shows the same is no other page. */
  readonly shown: readonly string[]
}
