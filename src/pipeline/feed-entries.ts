import type { Feed, FeedMetadata } from '../domain/feed.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { incomingEntry } from './incoming-entry.ts'
import type { PollProgress } from './poll-progress.ts'

const PAGING = new Set(['next', 'previous', 'prev', 'first', 'last'])

/** A feed's entries as the store takes them, without what is none of its publisher's doing. */
export async function entriesOf(feed: Feed, poll: PollProgress): Promise<readonly IncomingEntry[]> {
  const entries = feed.entries.map(entry => incomingEntry(entry, poll.source, poll.deps.directory))
  if (poll.memory?.wordpress === undefined) return entries
  const { withoutRewordings } = await import('./wordpress-edits.ts')
  return withoutRewordings(entries, poll)
}

/** What a feed says of itself, without the links that belong to one of its pages alone. */
export function metadataOf({ metadata }: Feed): FeedMetadata {
  const links = metadata.links.filter(({ rel, href }) => !PAGING.has(rel) && !(rel === 'self' && /[?&](?:start-index|paged)=/.test(href)))
  return { ...metadata, links }
}
