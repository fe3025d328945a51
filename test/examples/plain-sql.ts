import { createRequire } from 'node:module'
import { sqliteDriver } from '../helpers/sqlite.js'

interface Plain {
  prepare(statement: string): { all(): unknown[] }
  exec(statements: string): unknown
  close(): void
}

type Open = new (file: string) => Plain

/** A connection that knows nothing of kinship, with the driver of this test run. */
export function plainSql(file: string): {
  rows(statement: string): object[]
  run(statements: string): void
  close(): void
} {
  const module =
    sqliteDriver === 'node:sqlite'
      ? (process.getBuiltinModule('node:sqlite') as unknown as { DatabaseSync: Open }).DatabaseSync
      : (createRequire(import.meta.url)('better-sqlite3') as Open)
  const database = new module(file)
  return {
    rows: (statement) =>
      database
        .prepare(statement)
        .all()
        .map((row) => ({ ...(row as object) })),
    run: (statements) => void database.exec(statements),
    close: () => database.close(),
  }
}
