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
