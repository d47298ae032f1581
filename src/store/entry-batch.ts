import type { Entry, FeedMetadata } from '../domain/feed.ts'
import type { EntryKey, OutletId, SourceId } from '../domain/identifiers.ts'
import type { PostFacts } from '../domain/post.ts'
import type { Clock } from '../domain/time.ts'

/** An entry as a poll brings it, with what matching needs of it worked out. */
export interface IncomingEntry {
  readonly key: EntryKey
  readonly role: 'article' | 'post'
  readonly outlet: OutletId | null
  readonly entry: Entry
  readonly address: string | null
  readonly title: string
  readonly titleKey: string
  readonly facts?: PostFacts
}

/** What a poll or an import brings of one source. */
export interface EntryBatch {
  readonly source: SourceId
  readonly feed: FeedMetadata
  readonly entries: readonly IncomingEntry[]
  readonly activeSources: ReadonlySet<SourceId>
  /** The entries are all that the source has: what it had before and has no more is withdrawn. */
  readonly isComplete?: boolean
  readonly now: Clock
}

/** How many entries a batch brought that were not known, or known otherwise. */
export interface SavedPoll {
  readonly added: number
  readonly changed: number
}
