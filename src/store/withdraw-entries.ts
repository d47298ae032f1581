import type { Transaction } from 'kysely'
import type { EntryKey } from '../domain/identifiers.ts'
import type { Instant } from '../domain/time.ts'
import type { Tables } from './schema.ts'
import { chunks } from './source-store.ts'

/**
 * Marks entries as gone and forgets what was read and judged of them; the entries themselves stay.
 *
 * @param mark.by `operator` holds against whatever the source says later, `source` until it has the entry again
 */
export async function withdrawEntries(
  trx: Transaction<Tables>,
  keys: readonly string[],
  mark: { readonly at: Instant; readonly changedAt: Instant; readonly by: 'source' | 'operator' },
): Promise<void> {
  const change = { withdrawn_at: mark.at, withdrawn_by: mark.by, changed_at: mark.changedAt }
  for (const chunk of chunks(keys)) {
    await trx.updateTable('entries').set(change).where('entry_key', 'in', chunk).execute()
    await trx.deleteFrom('matches').where('post_key', 'in', chunk).execute()
    await trx.deleteFrom('post_labels').where('post_key', 'in', chunk).execute()
    await trx.deleteFrom('post_outlets').where('post_key', 'in', chunk).execute()
    await trx.deleteFrom('posts').where('post_key', 'in', chunk).execute()
  }
}

/** Takes entries out on an operator's word; returns how many that says something new of. */
export async function withdrawByOperator(
  trx: Transaction<Tables>,
  keys: readonly EntryKey[],
  mark: { readonly at: Instant; readonly changedAt: Instant },
): Promise<number> {
  const known = trx
    .selectFrom('entries')
    .select(['entry_key', 'withdrawn_by'])
    .where('entry_key', 'in', [...keys])
  const due = (await known.execute()).filter(row => !isHeld(row.withdrawn_by))
  const gone = due.filter(row => row.withdrawn_by === 'source').map(row => row.entry_key)
  await withdrawEntries(
    trx,
    due.map(row => row.entry_key),
    { ...mark, by: 'operator' },
  )
  await noteGone(trx, gone)
  return due.length
}

/** Whether an operator has taken an entry out, whatever its source has done. */
export function isHeld(withdrawnBy: string | null): boolean {
  return withdrawnBy === 'operator' || withdrawnBy === 'both'
}

/** Notes of entries that an operator has taken out that their source has them no more either. */
export async function noteGone(trx: Transaction<Tables>, keys: readonly string[]): Promise<void> {
  for (const chunk of chunks(keys)) {
    const held = trx.updateTable('entries').set({ withdrawn_by: 'both' }).where('entry_key', 'in', chunk)
    await held.where('withdrawn_by', '=', 'operator').execute()
  }
}

/** Takes back what an operator took out; returns how many entries there were. What its source has no more stays out on that account. */
export async function restoreEntries(trx: Transaction<Tables>, keys: readonly EntryKey[], changedAt: Instant): Promise<number> {
  const restore = async (from: string, change: { readonly withdrawn_at?: null; readonly withdrawn_by: string | null }) => {
    const held = trx
      .updateTable('entries')
      .set({ ...change, changed_at: changedAt })
      .where('entry_key', 'in', [...keys])
    const [result] = await held.where('withdrawn_by', '=', from).execute()
    return Number(result?.numUpdatedRows ?? 0)
  }
  const gone = await restore('both', { withdrawn_by: 'source' })
  return gone + (await restore('operator', { withdrawn_at: null, withdrawn_by: null }))
}
