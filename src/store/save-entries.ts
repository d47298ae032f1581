import { sql, type Transaction } from 'kysely'
import type { Entry } from '../domain/feed.ts'
import type { EntryKey, SourceId } from '../domain/identifiers.ts'
import { type Clock, DAY, type Instant } from '../domain/time.ts'
import type { EntryBatch, IncomingEntry, SavedPoll } from './entry-batch.ts'
import { contentOf } from './entry-digest.ts'
import { hasSameWords } from './entry-text.ts'
import { insertEach } from './row-batch.ts'
import type { Db, EntryRow, Tables } from './schema.ts'
import { chunks } from './source-store.ts'
import { isHeld, noteGone, withdrawEntries } from './withdraw-entries.ts'

// A date further ahead than this is a mistake or an issue's cover date: it would keep its entry on top for months.
const FUTURE_TOLERANCE = DAY

/** Stores entries as `EntryStore.savePoll` says, inside a transaction of the caller's. */
export async function saveEntries(trx: Transaction<Tables>, poll: EntryBatch): Promise<SavedPoll> {
  const seenAt = poll.now()
  const { changedAt, isNew } = await standing(trx, poll.source, seenAt)
  const sighting = { source: poll.source, feed: JSON.stringify(poll.feed), seenAt, changedAt }
  if (isNew) {
    const rows = [...firstOfEach(poll.entries)].map(incoming => newRow(incoming, sighting))
    const added = await insertAll(trx, rows)
    if (added === rows.length) return { added, changed: 0 }
    // Other sources have brought some of them.
    const others = await saveAmongKnown(trx, poll, poll.entries, sighting)
    return { added: added + others.added, changed: others.changed }
  }
  const entries = await underKnownKeys(trx, poll)
  const saved = await saveAmongKnown(trx, poll, entries, sighting)
  const withdrawn = poll.isComplete ? await withdrawOthers(trx, { ...poll, entries }, changedAt) : 0
  return { added: saved.added, changed: saved.changed + withdrawn }
}

async function saveAmongKnown(
  trx: Transaction<Tables>,
  poll: EntryBatch,
  entries: readonly IncomingEntry[],
  sighting: Sighting,
): Promise<SavedPoll> {
  const known = await knownEntries(trx, entries)
  const added: EntryRow[] = []
  let changed = 0
  for (const spelled of firstOfEach(entries)) {
    const before = known.get(spelled.key)
    if (before === undefined) {
      added.push(newRow(spelled, sighting))
      continue
    }
    const incoming = underFirstId(spelled, before)
    const content = contentOf(incoming.entry, incoming.facts)
    if (!isChange(poll, before, content.content_digest)) continue
    const hasNewWords = incoming.entry.updated === undefined && (await wordsDiffer(trx, incoming))
    const { entry_key: _, first_seen: __, ...change } = toRow(incoming, sighting, { ...before, hasNewWords })
    await trx
      .updateTable('entries')
      .set({ ...change, ...content })
      .where('entry_key', '=', incoming.key)
      .execute()
    changed++
  }
  return { added: await insertAll(trx, added), changed }
}

/** What was published under one spelling of an id is never published under another: to readers that would be a new entry. */
function underFirstId(incoming: IncomingEntry, { entry_id }: KnownEntry): IncomingEntry {
  return incoming.entry.id === entry_id ? incoming : { ...incoming, entry: { ...incoming.entry, id: entry_id } }
}

function newRow(incoming: IncomingEntry, sighting: Sighting): EntryRow {
  return { ...toRow(incoming, sighting, undefined), ...contentOf(incoming.entry, incoming.facts) }
}

/** When what is stored now changed, as stamps go, and whether the source never brought anything; one question for every poll. */
async function standing(
  trx: Transaction<Tables>,
  source: SourceId,
  now: Instant,
): Promise<{ readonly changedAt: Instant; readonly isNew: boolean }> {
  const query = sql<{ newest: number | null; known: number | boolean }>`
    select (select max(changed_at) from entries) as newest, exists (select 1 from entries where source_id = ${source}) as known`
  const row = (await query.execute(trx)).rows[0]
  return { changedAt: laterThan(row?.newest, now), isNew: !row?.known }
}

/** Keys hold the name of a source or an outlet: one that has got another name still knows its entries by their ids. */
async function underKnownKeys(trx: Transaction<Tables>, { source, entries }: EntryBatch): Promise<readonly IncomingEntry[]> {
  const keys = new Map<string, EntryKey>()
  for (const chunk of chunks(entries.map(({ entry }) => entry.id))) {
    const query = trx.selectFrom('entries').select(['entry_id', 'entry_key']).where('source_id', '=', source).where('entry_id', 'in', chunk)
    for (const row of await query.execute()) keys.set(row.entry_id, row.entry_key as EntryKey)
  }
  return entries.map(incoming => ({ ...incoming, key: keys.get(incoming.entry.id) ?? incoming.key }))
}

/** Inserts what is not there yet and gives how many that were; thousands come at once when a source is new. */
function insertAll(trx: Transaction<Tables>, rows: readonly EntryRow[]): Promise<number> {
  return insertEach(trx, rows, first =>
    trx
      .insertInto('entries')
      .values(first)
      .onConflict(conflict => conflict.doNothing()),
  )
}

async function withdrawOthers(trx: Transaction<Tables>, poll: EntryBatch, changedAt: Instant): Promise<number> {
  const kept = new Set<string>(poll.entries.map(({ key }) => key))
  const rows = await trx
    .selectFrom('entries')
    .select(['entry_key', 'withdrawn_by'])
    .where('source_id', '=', poll.source)
    .where(({ eb, or }) => or([eb('withdrawn_at', 'is', null), eb('withdrawn_by', '=', 'operator')]))
    .execute()
  const gone = rows.filter(row => !kept.has(row.entry_key))
  const keysOf = (isOut: boolean) => gone.flatMap(row => (isHeld(row.withdrawn_by) === isOut ? [row.entry_key] : []))
  await noteGone(trx, keysOf(true))
  const news = keysOf(false)
  await withdrawEntries(trx, news, { at: poll.now(), changedAt, by: 'source' })
  return news.length
}

/** Works out the comparison form of every stored address anew, as hosts have moved in the config. */
export async function readdress(db: Db, addressOf: (url: string) => string | null, now: Clock): Promise<number> {
  const rows = await db.selectFrom('entries').select(['entry_key', 'url', 'address']).where('url', 'is not', null).execute()
  const differing = rows.flatMap(({ entry_key, url, address }) => {
    const wanted = url === null ? null : addressOf(url)
    return wanted === address ? [] : [{ entry_key, address: wanted }]
  })
  if (differing.length === 0) return 0
  await db.transaction().execute(async trx => {
    const changed_at = await changeStamp(trx, now())
    for (const { entry_key, address } of differing)
      await trx.updateTable('entries').set({ address, changed_at }).where('entry_key', '=', entry_key).execute()
  })
  return differing.length
}

/** Ids that differ by scheme alone have one key; what stands further up in a document is the newer. */
function firstOfEach(entries: readonly IncomingEntry[]): Iterable<IncomingEntry> {
  const first = new Map<string, IncomingEntry>()
  for (const entry of entries) if (!first.has(entry.key)) first.set(entry.key, entry)
  return first.values()
}

/** Later than every change before it, whatever the clock says: who has seen all changes up to one has missed none. */
export async function changeStamp(trx: Transaction<Tables>, now: Instant): Promise<Instant> {
  const row = await trx
    .selectFrom('entries')
    .select(({ fn }) => fn.max('changed_at').as('newest'))
    .executeTakeFirst()
  return laterThan(row?.newest, now)
}

function laterThan(newest: number | null | undefined, now: Instant): Instant {
  return Math.max(now, (newest ?? 0) + 1)
}

/** An entry whose source is gone has a new home, even if not a letter of it changed. */
function isChange(poll: EntryBatch, before: KnownEntry, contentDigest: string): boolean {
  if (before.source_id === poll.source)
    return before.content_digest !== contentDigest || (before.withdrawn_at !== null && before.withdrawn_by !== 'operator')
  return !poll.activeSources.has(before.source_id as SourceId)
}

interface KnownEntry {
  readonly entry_key: string
  readonly entry_id: string
  readonly source_id: string
  readonly content_digest: string
  readonly withdrawn_at: number | null
  readonly withdrawn_by: string | null
  readonly published: number
  readonly updated: number
  readonly first_seen: number
}

async function knownEntries(trx: Transaction<Tables>, entries: readonly IncomingEntry[]): Promise<ReadonlyMap<string, KnownEntry>> {
  const known = new Map<string, KnownEntry>()
  for (const chunk of chunks(entries.map(({ key }) => key))) {
    const rows = await trx
      .selectFrom('entries')
      .select(['entry_key', 'entry_id', 'source_id', 'content_digest', 'first_seen'])
      .select(['published', 'updated', 'withdrawn_at', 'withdrawn_by'])
      .where('entry_key', 'in', chunk)
      .execute()
    for (const row of rows) known.set(row.entry_key, row)
  }
  return known
}

async function wordsDiffer(trx: Transaction<Tables>, { key, entry, title }: IncomingEntry): Promise<boolean> {
  const before = await trx.selectFrom('entries').select(['title', 'document']).where('entry_key', '=', key).executeTakeFirst()
  return before === undefined || before.title !== title || !hasSameWords(JSON.parse(before.document) as Entry, entry)
}

interface Sighting {
  readonly source: SourceId
  readonly feed: string
  readonly seenAt: Instant
  readonly changedAt: Instant
}

/** What is known of an entry from before, and whether its words are others now. */
type Former = Pick<KnownEntry, 'first_seen' | 'published' | 'updated' | 'withdrawn_at' | 'withdrawn_by'> & { readonly hasNewWords: boolean }

function toRow(
  incoming: IncomingEntry,
  { source, feed, seenAt, changedAt }: Sighting,
  before: Former | undefined,
): Omit<EntryRow, 'document' | 'content_digest'> {
  const { entry, title } = incoming
  const firstSeen = before?.first_seen ?? seenAt
  // An entry that only says when it was updated keeps the day on which it was first seen to be.
  const claimed = entry.published ?? before?.published ?? entry.updated
  const published = claimed === undefined || claimed > firstSeen + FUTURE_TOLERANCE ? firstSeen : claimed
  // What an operator took out stays out, however often its source shows it.
  const held = before !== undefined && isHeld(before.withdrawn_by) ? before.withdrawn_at : null
  return {
    entry_key: incoming.key,
    role: incoming.role,
    source_id: source,
    outlet_id: incoming.outlet,
    entry_id: entry.id,
    url: entry.url ?? null,
    address: incoming.address,
    title,
    title_key: incoming.titleKey,
    authors: JSON.stringify(entry.authors.map(({ name }) => name)),
    published,
    updated: updatedOf(incoming, published, seenAt, before),
    first_seen: firstSeen,
    changed_at: changedAt,
    source_metadata: feed,
    facts: incoming.facts === undefined ? null : JSON.stringify(incoming.facts),
    withdrawn_at: held,
    withdrawn_by: held === null ? null : 'operator',
  }
}

/** The publisher's word unless it lies in the future; without it an edit of the words, not of the markup, counts from when it is seen. */
function updatedOf(incoming: IncomingEntry, published: Instant, now: Instant, before: Former | undefined): Instant {
  const claimed = incoming.entry.updated
  if (claimed !== undefined && claimed <= now + FUTURE_TOLERANCE) return Math.max(claimed, published)
  if (before === undefined) return published
  return before.hasNewWords ? now : before.updated
}
