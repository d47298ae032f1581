import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type Dialect, type DialectAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely'
import { RowBatch } from './row-batch.ts'

const STATEMENTS_KEPT = 256

/**
 * Opens an SQLite file for Kysely: write-ahead log, so that the command line can read and write beside the daemon, and
 * a five-second wait for another writer.
 */
export function openSqlite(file: string): Dialect {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true })
  try {
    // Pages of 8 KB hold several entries, and what a poll touches of the indexes fits into 8 MB of cache.
    database.exec('pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -8000;')
  } catch (error) {
    database.close()
    throw error
  }
  const dialect = new SqliteDialect({ database: adapt(database) })
  return {
    createDriver: () => dialect.createDriver(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: db => dialect.createIntrospector(db),
    // SQLite can change a schema within a transaction; Kysely does not count on it.
    createAdapter: () => Object.create(dialect.createAdapter(), { supportsTransactionalDdl: { value: true } }) as DialectAdapter,
  }
}

/** Gives node:sqlite the shape that Kysely's own dialect expects, with prepared statements kept. */
function adapt(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(text) {
      // A plain `begin` takes the write lock at the first write: a transaction that has read before would then fail
      // at once, without waiting, when another process wrote in between.
      const sql = text === 'begin' ? 'begin immediate' : text
      const known = kept.get(sql)
      if (known !== undefined) return known
      const statement = wrap(database.prepare(sql))
      kept.set(sql, statement)
      const oldest = kept.size > STATEMENTS_KEPT ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      return statement
    },
  }
}

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: parameters => statement.all(...bindable(parameters)),
    run: ([first, ...others]) => {
      if (!(first instanceof RowBatch)) return first === undefined ? statement.run() : statement.run(...bindable([first, ...others]))
      const changes = first.rows.reduce((sum, row) => sum + Number(statement.run(...bindable(row)).changes), 0)
      return { changes, lastInsertRowid: 0 }
    },
    iterate: parameters => statement.iterate(...bindable(parameters)) as IterableIterator<unknown>,
  }
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map(value => (typeof value === 'boolean' ? Number(value) : (value ?? null))) as SQLInputValue[]
}
