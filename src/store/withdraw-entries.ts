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
  const due = (await known.execute()).filter(row => row.withdrawn_by !== 'operator').map(row => row.entry_key)
  await withdrawEntries(trx, due, { ...mark, by: 'operator' })
  return due.length
}

/** Takes back what an operator took out; returns how many entries there were. */
export async function restoreEntries(trx: Transaction<Tables>, keys: readonly EntryKey[], changedAt: Instant): Promise<number> {
  const change = { withdrawn_at: null, withdrawn_by: null, changed_at: changedAt }
  const held = trx
    .updateTable('entries')
    .set(change)
    .where('entry_key', 'in', [...keys])
    .where('withdrawn_by', '=', 'operator')
  const [result] = await held.execute()
  return Number(result?.numUpdatedRows ?? 0)
}
