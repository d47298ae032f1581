import { AppError } from '../../domain/app-error.ts'
import type { Feed } from '../../domain/feed.ts'
import { type ExportContext, type ExportReading, type ImportBatch, NO_METADATA } from './export-reading.ts'

const BATCH = 200
// Far from the most items of one document; a longer JSON Feed is read in parts.
const ITEMS_AT_ONCE = 2_000

/**
 * Reads a feed document as a poll would.
 *
 * @throws AppError `feed-unreadable` where it is no feed
 */
export async function plainFeed(bytes: Buffer, context: ExportContext): Promise<Omit<ExportReading, 'encoding'>> {
  const feeds: Feed[] = []
  for (const part of parts(bytes)) {
    const parsed = await context.parseFeed(part, { url: context.home ?? '' })
    if (parsed.kind !== 'feed') throw unrecognised(context, parsed.detail)
    feeds.push(parsed.feed)
  }
  return { kind: 'feed', feed: feeds[0]?.metadata ?? NO_METADATA, batches: () => inBatches(feeds) }
}

async function* inBatches(feeds: readonly Feed[]): AsyncGenerator<ImportBatch> {
  const entries = feeds.flatMap(feed => feed.entries)
  const skipped = feeds.flatMap(feed => feed.skipped).map(why => ({ what: 'unreadable post', why, count: 1 }) as const)
  for (let from = 0; from < Math.max(1, entries.length); from += BATCH) {
    const some = entries.slice(from, from + BATCH)
    yield { entries: some, skipped: from === 0 ? skipped : [], done: from + some.length, of: entries.length }
  }
}

/** A JSON Feed in documents of its own for every couple of thousand items; anything else whole. */
function parts(bytes: Buffer): readonly Buffer[] {
  const document = longJson(bytes)
  if (document === undefined) return [bytes]
  const { items } = document
  const starts = Array.from({ length: Math.ceil(items.length / ITEMS_AT_ONCE) }, (_, index) => index * ITEMS_AT_ONCE)
  return starts.map(start => Buffer.from(JSON.stringify({ ...document, items: items.slice(start, start + ITEMS_AT_ONCE) })))
}

function longJson(bytes: Buffer): { readonly items: readonly unknown[] } | undefined {
  if (!/^\s*\{/.test(bytes.toString('latin1', 0, 100))) return undefined
  try {
    const document: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof document !== 'object' || document === null || !('items' in document) || !Array.isArray(document.items)) return undefined
    return document.items.length > ITEMS_AT_ONCE ? { ...document, items: document.items } : undefined
  } catch {
    // The feed parser says what is wrong with it.
    return undefined
  }
}

/** The failure that ends an import of a file that is something else; `what` goes on from “got …”. */
export function unrecognised({ name }: Pick<ExportContext, 'name'>, what: string): AppError {
  return new AppError('feed-unreadable', `${name}: expected an export of Blogger, WordPress or Movable Type, or a feed, got ${what}`)
}
