import type { Changes, Connection, Driver, Prepared } from './driver.js'

/** The part of better-sqlite3 that the store uses. */
export interface BetterDatabase {
  readonly name: string
  readonly memory: boolean
  readonly readonly: boolean
  readonly inTransaction: boolean
  prepare(statement: string): BetterStatement
  function(
    name: string,
    options: { varargs: boolean; deterministic: boolean; safeIntegers: boolean },
    call: (...parameters: unknown[]) => unknown,
  ): unknown
  exec(statements: string): unknown
  close(): unknown
}

interface BetterStatement {
  readonly reader: boolean
  raw(): BetterStatement
  all(parameters: readonly unknown[]): unknown[]
  get(parameters: readonly unknown[]): unknown
  run(parameters: readonly unknown[]): Changes
}

/** What `import('better-sqlite3')` gives as its default. */
export type BetterModule = new (
  file: string,
  options: { readonly: boolean; fileMustExist: boolean; timeout: number },
) => BetterDatabase

export function betterDriver(Database: BetterModule): Driver {
  return {
    name: 'better-sqlite3',
    open: (file, readOnly) =>
      betterConnection(new Database(file, { readonly: readOnly, fileMustExist: readOnly, timeout: 0 })),
    codeOf: betterCodeOf,
  }
}

export function betterCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null
}

export function betterConnection(database: BetterDatabase): Connection {
  return {
    native: database,
    get inTransaction() {
      return database.inTransaction
    },
    prepare: (statement) => prepared(database.prepare(statement)),
    define({ name, bigints, call }) {
      database.function(name, { varargs: true, deterministic: true, safeIntegers: bigints }, call)
    },
    execute: (statements) => void database.exec(statements),
    close: () => void database.close(),
  }
}

function prepared(statement: BetterStatement): Prepared {
  if (statement.reader) statement.raw()
  return {
    all: (parameters) => statement.all(parameters) as unknown[][],
    first: (parameters) => statement.get(parameters) as unknown[] | undefined,
    run: (parameters) => statement.run(parameters),
  }
}
