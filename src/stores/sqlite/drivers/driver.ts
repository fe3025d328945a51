/** What the store asks of a SQLite driver. Each driver is a thin file; everything else is written once, above. */
import type { SqlFunction } from '../dialect/functions.js'

export interface Driver {
  readonly name: 'better-sqlite3' | 'node:sqlite'
  /** opens a file (made where it is missing, unless `readOnly`) or `:memory:`; never waits for a lock */
  readonly open: (file: string, readOnly: boolean) => Connection
  /** the name of SQLite's (extended) result code, e.g. `SQLITE_CONSTRAINT_UNIQUE`; null for any other error */
  readonly codeOf: (error: unknown) => string | null
}

export interface Connection {
  /** the driver's own database object */
  readonly native: unknown
  /** a transaction is open */
  readonly inTransaction: boolean
  prepare(statement: string): Prepared
  /** runs statements for their effect */
  execute(statements: string): void
  define(fn: SqlFunction): void
  close(): void
}

/** A prepared statement. Rows are lists of raw columns. */
export interface Prepared {
  all(parameters: readonly unknown[]): unknown[][]
  /** the first row */
  first(parameters: readonly unknown[]): unknown[] | undefined
  /** for statements that return no rows */
  run(parameters: readonly unknown[]): Changes
}

export interface Changes {
  /** rows met */
  readonly changes: number | bigint
  readonly lastInsertRowid: number | bigint
}
