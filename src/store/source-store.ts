import { hash } from 'node:crypto'
import { CompiledQuery, type Selectable, type Transaction } from 'kysely'
import type { OutletId, SourceId } from '../domain/identifiers.ts'
import type { PollResult, PollState, SourceMemory } from '../domain/poll.ts'
import type { Instant } from '../domain/time.ts'
import type { Db, Tables } from './schema.ts'
import type { Write } from './write-together.ts'

/** A configured source as the store needs to know it: where it is polled and when it is first due. */
export interface ScheduledSource {
  readonly id: SourceId
  readonly address: string
  readonly host: string
  readonly firstPollAt: Instant
  /** It is a source of translated posts. */
  readonly hasPosts: boolean
  /** The outlet whose articles it brings. */
  readonly outlet?: OutletId
}

/** What is known of sources between polls. */
export interface SourceStore {
  /**
   * Makes sources known that were not and forgets those that are no longer there. One that is polled at another address
   * now starts afresh and is due at once; one that only got another name keeps all it brought.
   */
  readonly sync: (sources: readonly ScheduledSource[]) => Promise<void>
  /**
   * Claims sources by moving their due time to the end of a lease: a worker that dies gives them back by itself.
   * With `dueAt` only those due by then, most overdue first; without it all of `ids`. Unknown ids are left out.
   */
  readonly claim: (claim: {
    readonly ids: readonly SourceId[]
    readonly leaseUntil: Instant
    readonly dueAt?: Instant
    readonly limit?: number
  }) => Promise<ReadonlyMap<SourceId, PollState>>
  /** Keeps a claim alive while a long poll goes on. */
  readonly renew: (id: SourceId, leaseUntil: Instant) => Promise<void>
  readonly states: (ids: readonly SourceId[]) => Promise<ReadonlyMap<SourceId, PollState>>
  readonly save: (id: SourceId, state: PollState) => Promise<void>
  /** Puts off every source of a host that asked for a pause (RFC 9110 §10.2.3). */
  readonly deferHost: (host: string, until: Instant) => Promise<void>
  /**
   * Replaces the states of sources that are on record as polled after one instant, or due after another, by what `change`
   * makes of them; undefined leaves a state as it is.
   */
  readonly amend: (
    ahead: { readonly polledAfter: Instant; readonly dueAfter: Instant },
    change: (id: SourceId, state: PollState) => PollState | undefined,
  ) => Promise<void>
}

// SQLite allows 32,766 parameters in a statement, PostgreSQL 65,535.
const CHUNK = 500

export function sourceStore(db: Db, write: Write, saveState: SaveState): SourceStore {
  return {
    sync: sources => db.transaction().execute(trx => sync(trx, sources)),
    claim: async ({ ids, leaseUntil, dueAt, limit }) => {
      const claimed = new Map<SourceId, PollState>()
      const wanted = dueAt === undefined ? ids.slice(0, limit) : await mostOverdue(db, ids, dueAt, limit ?? ids.length)
      for (const chunk of chunks(wanted)) {
        // Between the look and this statement another worker may have claimed: what is not due any more is not ours.
        let update = db.updateTable('sources').set({ next_poll_at: leaseUntil }).where('source_id', 'in', chunk)
        if (dueAt !== undefined) update = update.where('next_poll_at', '<=', dueAt)
        const rows = new Map((await update.returningAll().execute()).map(row => [row.source_id, row]))
        for (const id of chunk) {
          const row = rows.get(id)
          if (row !== undefined) claimed.set(id, stateOf(row))
        }
      }
      return claimed
    },
    renew: async (id, leaseUntil) => {
      await db.updateTable('sources').set({ next_poll_at: leaseUntil }).where('source_id', '=', id).execute()
    },
    states: async ids => {
      const states = new Map<SourceId, PollState>()
      for (const chunk of chunks(ids)) {
        const rows = await db.selectFrom('sources').selectAll().where('source_id', 'in', chunk).execute()
        for (const row of rows) states.set(row.source_id as SourceId, stateOf(row))
      }
      return states
    },
    save: (id, state) => write(trx => saveState(trx, id, state), true),
    deferHost: async (host, until) => {
      await db.updateTable('sources').set({ next_poll_at: until }).where('host', '=', host).where('next_poll_at', '<', until).execute()
    },
    amend: (ahead, change) => amend(db, saveState, ahead, change),
  }
}

async function amend(
  db: Db,
  saveState: SaveState,
  ...[{ polledAfter, dueAfter }, change]: Parameters<SourceStore['amend']>
): Promise<void> {
  const ahead = (on: Db) =>
    on
      .selectFrom('sources')
      .selectAll()
      .where(({ eb, or }) => or([eb('last_poll_at', '>', polledAfter), eb('next_poll_at', '>', dueAfter)]))
      .execute()
  const changed = (rows: Awaited<ReturnType<typeof ahead>>) =>
    rows.flatMap(row => {
      const state = change(row.source_id as SourceId, stateOf(row))
      return state === undefined ? [] : [[row.source_id as SourceId, state] as const]
    })
  // There is hardly ever one, and whoever only looks needs no lock.
  if (changed(await ahead(db)).length === 0) return
  await db.transaction().execute(async trx => {
    for (const [id, state] of changed(await ahead(trx))) await saveState(trx, id, state)
  })
}

async function mostOverdue(db: Db, ids: readonly SourceId[], dueAt: Instant, limit: number): Promise<readonly SourceId[]> {
  const found: { readonly id: SourceId; readonly due: Instant }[] = []
  for (const chunk of chunks(ids)) {
    const due = db.selectFrom('sources').select(['source_id', 'next_poll_at']).where('source_id', 'in', chunk)
    for (const row of await due.where('next_poll_at', '<=', dueAt).execute())
      found.push({ id: row.source_id as SourceId, due: row.next_poll_at })
  }
  const inOrder = found.toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1))
  return inOrder.slice(0, limit).map(({ id }) => id)
}

/** Writes a source's state, in the transaction that stores what its poll brought. */
export type SaveState = (trx: Transaction<Tables>, id: SourceId, state: PollState) => Promise<void>

/** Gives what writes states: every poll ends with it, so the statement is put together once. */
export function stateWriter(): SaveState {
  let statement: string | undefined
  return async (trx, id, state) => {
    const row = rowOf(state)
    statement ??= trx.updateTable('sources').set(row).where('source_id', '=', id).compile().sql
    await trx.executeQuery(CompiledQuery.raw(statement, [...Object.values(row), id]))
  }
}

function rowOf(state: PollState) {
  return {
    next_poll_at: state.nextPollAt,
    etag: state.validators.etag ?? null,
    last_modified: state.validators.lastModified ?? null,
    failures: state.failures,
    last_poll_at: state.lastPollAt,
    last_success_at: state.lastSuccessAt,
    last_change_at: state.lastChangeAt,
    last_result: state.lastResult,
    last_detail: state.lastDetail,
    body_digest: state.bodyDigest,
    resume_at: state.resumeAt,
    memory: state.memory === null ? null : JSON.stringify(state.memory),
  }
}

async function sync(trx: Transaction<Tables>, sources: readonly ScheduledSource[]): Promise<void> {
  const rows = await trx.selectFrom('sources').select(['source_id', 'address']).execute()
  const known = new Map(rows.map(row => [row.source_id, row.address]))
  const configured = new Set<string>(sources.map(({ id }) => id))
  const gone = rows.filter(({ source_id }) => !configured.has(source_id))
  for (const source of sources) {
    if (known.get(source.id) === source.address) continue
    const former = known.has(source.id) ? undefined : gone.find(({ address }) => address === source.address)
    if (former === undefined) await startAfresh(trx, source)
    else await rename(trx, former.source_id, source.id)
  }
  await assignAll(trx, sources)
  await forget(
    trx,
    gone.map(({ source_id }) => source_id),
    sources,
  )
}

const UNREAD = { etag: null, last_modified: null, last_success_at: null, body_digest: null, resume_at: null, memory: null }

async function startAfresh(trx: Transaction<Tables>, { id, address, host, firstPollAt }: ScheduledSource): Promise<void> {
  const fresh = { ...UNREAD, address, host, next_poll_at: firstPollAt, failures: 0, last_detail: '' }
  await trx
    .insertInto('sources')
    .values({ source_id: id, last_poll_at: null, last_change_at: null, last_result: null, ...fresh })
    .onConflict(conflict => conflict.column('source_id').doUpdateSet(fresh))
    .execute()
}

/** The operator gave a source another name: what it brought, and how far it was read, stays with it. */
async function rename(trx: Transaction<Tables>, from: string, to: SourceId): Promise<void> {
  await trx.updateTable('sources').set({ source_id: to }).where('source_id', '=', from).execute()
  await trx.updateTable('entries').set({ source_id: to }).where('source_id', '=', from).execute()
}

const ASSIGNED_BY = 'assigned-by'

/** Every start comes this way, and hardly any after a change of names. */
async function assignAll(trx: Transaction<Tables>, sources: readonly ScheduledSource[]): Promise<void> {
  const outlets = sources.flatMap(({ id, outlet }) => (outlet === undefined ? [] : [[id, outlet] as const]))
  const document = JSON.stringify(hash('sha256', JSON.stringify(outlets), 'base64url'))
  const before = await trx.selectFrom('notices').select('document').where('name', '=', ASSIGNED_BY).executeTakeFirst()
  if (before?.document === document) return
  for (const [id, outlet] of outlets) await assign(trx, id, outlet)
  await trx
    .insertInto('notices')
    .values({ name: ASSIGNED_BY, document, at: 0 })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ document }))
    .execute()
}

/** What a source brought is its outlet's, whatever the outlet was called then. */
async function assign(trx: Transaction<Tables>, id: SourceId, outlet: OutletId): Promise<void> {
  const others = trx.updateTable('entries').set({ outlet_id: outlet }).where('source_id', '=', id).where('outlet_id', '!=', outlet)
  await others.execute()
}

/** Posts of a source that is gone may come from others too: those are read anew, so that they take them over. */
async function forget(trx: Transaction<Tables>, gone: readonly string[], sources: readonly ScheduledSource[]): Promise<void> {
  const left = await trx
    .selectFrom('sources')
    .select('source_id')
    .where('source_id', 'in', [...gone, ''])
    .execute()
  if (left.length === 0) return
  const ids = left.map(({ source_id }) => source_id)
  const hadPosts = await trx
    .selectFrom('entries')
    .select('entry_key')
    .where('role', '=', 'post')
    .where('source_id', 'in', ids)
    .limit(1)
    .executeTakeFirst()
  await trx.deleteFrom('sources').where('source_id', 'in', ids).execute()
  if (hadPosts === undefined) return
  for (const { id, firstPollAt } of sources.filter(({ hasPosts }) => hasPosts)) {
    await trx
      .updateTable('sources')
      .set({ ...UNREAD, next_poll_at: firstPollAt })
      .where('source_id', '=', id)
      .execute()
  }
}

function stateOf(row: Selectable<Tables['sources']>): PollState {
  return {
    address: row.address,
    nextPollAt: row.next_poll_at,
    validators: {
      ...(row.etag === null ? {} : { etag: row.etag }),
      ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
    },
    failures: row.failures,
    lastPollAt: row.last_poll_at,
    lastSuccessAt: row.last_success_at,
    lastChangeAt: row.last_change_at,
    lastResult: row.last_result as PollResult | null,
    lastDetail: row.last_detail,
    bodyDigest: row.body_digest,
    resumeAt: row.resume_at,
    memory: row.memory === null ? null : (JSON.parse(row.memory) as SourceMemory),
  }
}

/** Cuts a list into pieces that fit into one statement. */
export function* chunks<T>(values: readonly T[], size = CHUNK): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size)
}
