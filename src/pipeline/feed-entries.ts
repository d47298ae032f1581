import type { Feed, FeedMetadata } from '../domain/feed.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { incomingEntry } from './incoming-entry.ts'
import type { PollProgress } from './poll-progress.ts'

const PAGING = new Set(['next', 'previous', 'prev', 'first', 'last'])

/** A feed's entries as the store takes them. */
export function entriesOf(feed: Feed, { source, deps }: PollProgress): readonly IncomingEntry[] {
  return feed.entries.map(entry => incomingEntry(entry, source, deps.directory))
}

/** What a feed says of itself, without the links that belong to one of its pages alone. */
export function metadataOf({ metadata }: Feed): FeedMetadata {
  const links = metadata.links.filter(({ rel, href }) => !PAGING.has(rel) && !(rel === 'self' && /[?&](?:start-index|paged)=/.test(href)))
  return { ...metadata, links }
}
