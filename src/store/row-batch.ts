import { CompiledQuery } from 'kysely'
import type { Db } from './schema.ts'

/**
 * Parameters for a statement that is run once for each row. node:sqlite has no such call, and a query builder's way
 * through promises costs more than the insert itself.
 */
export class RowBatch {
  readonly rows: readonly (readonly unknown[])[]

  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows
  }
}

/**
 * Runs an insert for each row: one statement, put together once. All rows have the columns of the first, in its order, and
 * the statement has no other parameters than their values.
 */
export async function insertEach<Row extends object>(
  db: Db,
  rows: readonly Row[],
  insert: (first: Row) => { readonly compile: () => { readonly sql: string } },
): Promise<number> {
  const [first] = rows
  if (first === undefined) return 0
  const parameters = [new RowBatch(rows.map(row => Object.values(row)))]
  return Number((await db.executeQuery(CompiledQuery.raw(insert(first).compile().sql, parameters))).numAffectedRows ?? 0)
}
