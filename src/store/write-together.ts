import { CompiledQuery, type Transaction } from 'kysely'
import type { Db, Tables } from './schema.ts'

// Long enough for a dozen answers to come in, too short for anybody to wait for.
const GATHER_MS = 10

/**
 * Runs one piece of writing inside a transaction; what it gives or throws is what the caller gets.
 *
 * @param isOneStatement it cannot be half done, and needs nothing to undo it with
 */
export type Write = <T>(work: (trx: Transaction<Tables>) => Promise<T>, isOneStatement?: boolean) => Promise<T>

interface Waiting {
  readonly work: (trx: Transaction<Tables>) => Promise<unknown>
  readonly isOneStatement: boolean
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Puts what is written within a moment into one transaction: a commit touches the same pages for thirty polls as for one.
 * Each piece is still stored whole or not at all, and one that fails leaves the others alone.
 */
export function writeTogether(db: Db): Write {
  let waiting: Waiting[] = []
  const flush = async () => {
    const together = waiting
    waiting = []
    try {
      const results = await db.transaction().execute(trx => inTurn(trx, together))
      for (const settle of results) settle()
    } catch (error) {
      for (const { reject } of together) reject(error)
    }
  }
  return <T>(work: (trx: Transaction<Tables>) => Promise<T>, isOneStatement = false) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setTimeout(flush, GATHER_MS)
      waiting.push({ work, isOneStatement, resolve: result => resolve(result as T), reject })
    })
}

const [SAVE, FORGET, UNDO] = ['savepoint one', 'release one', 'rollback to one'].map(sql => CompiledQuery.raw(sql)) as [
  CompiledQuery,
  CompiledQuery,
  CompiledQuery,
]

/** Gives what is to be told to whom once everything is committed. */
async function inTurn(trx: Transaction<Tables>, together: readonly Waiting[]): Promise<readonly (() => void)[]> {
  const results: (() => void)[] = []
  for (const { work, isOneStatement, resolve, reject } of together) {
    if (!isOneStatement) await trx.executeQuery(SAVE)
    try {
      const result = await work(trx)
      results.push(() => resolve(result))
    } catch (error) {
      if (!isOneStatement) await trx.executeQuery(UNDO)
      results.push(() => reject(error))
    }
    if (!isOneStatement) await trx.executeQuery(FORGET)
  }
  return results
}
