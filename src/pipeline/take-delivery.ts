import type { SourceId } from '../domain/identifiers.ts'
import type { FetchedDocument } from '../fetch/fetch-outcome.ts'
import type { IncomingEntry } from '../store/entry-batch.ts'
import { metadataOf } from './feed-entries.ts'
import { incomingEntry } from './incoming-entry.ts'
import type { FeedSource, PollDeps } from './poll-progress.ts'

/** A document that a hub has delivered, signed; `url` is the topic. */
export type Delivery = Pick<FetchedDocument, 'url' | 'bytes' | 'contentType'>

/** What a delivery came to, for one source. */
export interface DeliveryReport {
  readonly source: SourceId
  readonly result: 'ok' | 'not-a-feed' | 'unreadable'
  /** Why it could not be read; else empty. */
  readonly detail: string
  readonly added: number
  readonly changed: number
}

/**
 * Stores what a delivery brings: entries that are not known, and newer editions of those that are. Hubs deliver late, twice
 * and in part, so that nothing is taken back, no edition replaced by one that does not say that it is newer, and the
 * source's poll state left as it is: the next poll sees whatever this passed over.
 */
export async function takeDelivery(
  source: FeedSource,
  delivery: Delivery,
  deps: Pick<PollDeps, 'parse' | 'store' | 'directory' | 'activeSources' | 'now'>,
): Promise<DeliveryReport> {
  const { bytes, url, contentType } = delivery
  const nothing = { source: source.id, detail: '', added: 0, changed: 0 }
  if (bytes.length === 0) return { ...nothing, result: 'not-a-feed', detail: 'an empty document' }
  const parsed = await deps.parse(bytes, { url, ...(contentType === undefined ? {} : { contentType }) })
  if (parsed.kind !== 'feed') return { ...nothing, result: parsed.kind, detail: parsed.detail }
  const entries: IncomingEntry[] = []
  for (const entry of parsed.feed.entries) {
    const incoming = incomingEntry(entry, source, deps.directory)
    if (await isNews(incoming, deps)) entries.push(incoming)
  }
  const { activeSources, now } = deps
  const batch = { source: source.id, feed: metadataOf(parsed.feed), entries, activeSources, now }
  const saved = entries.length === 0 ? nothing : await deps.store.entries.saveEntries(batch)
  return { ...nothing, result: 'ok', added: saved.added, changed: saved.changed }
}

async function isNews({ key, entry }: IncomingEntry, { store }: Pick<PollDeps, 'store'>): Promise<boolean> {
  const known = await store.entries.byKey(key)
  return known === undefined || (entry.updated !== undefined && entry.updated > known.updated)
}
