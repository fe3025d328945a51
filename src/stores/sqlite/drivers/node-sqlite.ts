import { resultCode } from './result-codes.js'
import type { Changes, Connection, Driver, Prepared } from './driver.js'

/** The part of `node:sqlite` that the store uses. */
export interface NodeDatabase {
  /** missing before Node 22.16 */
  readonly isTransaction?: boolean
  prepare(statement: string): NodeStatement
  function(
    name: string,
    options: { varargs: boolean; deterministic: boolean; useBigIntArguments: boolean },
    call: (...parameters: unknown[]) => unknown,
  ): void
  exec(statements: string): void
  close(): void
}

interface NodeStatement {
  /** missing before Node 22.16 */
  setReturnArrays?(enabled: boolean): void
  all(...parameters: readonly unknown[]): unknown[]
  get(...parameters: readonly unknown[]): unknown
  run(...parameters: readonly unknown[]): Changes
}

export interface NodeModule {
  readonly DatabaseSync: new (file: string, options: { readOnly: boolean }) => NodeDatabase
}

export function nodeDriver({ DatabaseSync }: NodeModule): Driver {
  return {
    name: 'node:sqlite',
    open: (file, readOnly) => nodeConnection(new DatabaseSync(file, { readOnly })),
    codeOf: nodeCodeOf,
  }
}

export function nodeCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? resultCode(error.errcode) : null
}

export function nodeConnection(database: NodeDatabase): Connection {
  const thrown = new Thrown()
  return {
    native: database,
    get inTransaction() {
      return database.isTransaction ?? true
    },
    prepare: (statement) => prepare(database, statement, thrown),
    define({ name, bigints, call }) {
      const options = { varargs: true, deterministic: true, useBigIntArguments: bigints }
      database.function(name, options, (...parameters) => thrown.watch(() => call(...parameters)))
    },
    execute: (statements) => database.exec(statements),
    close: () => database.close(),
  }
}

/** Before Node 22.16, `run` goes on as if nothing had happened when a function of the statement throws. */
class Thrown {
  readonly #errors: Error[] = []

  watch<T>(call: () => T): T {
    try {
      return call()
    } catch (error) {
      this.#errors.push(error as Error)
      throw error
    }
  }

  /** @returns what a statement returns, unless a function of it throws */
  during<T>(run: () => T): T {
    this.#errors.length = 0
    const result = run()
    const [error] = this.#errors
    if (error !== undefined) throw error
    return result
  }
}

function prepare(database: NodeDatabase, text: string, thrown: Thrown): Prepared {
  const statement = database.prepare(text)
  if (statement.setReturnArrays === undefined)
    return preparedObjects(database.prepare(distinctNames(text)), thrown)
  statement.setReturnArrays(true)
  return {
    all: (parameters) => statement.all(...parameters) as unknown[][],
    first: (parameters) => statement.get(...parameters) as unknown[] | undefined,
    run: (parameters) => statement.run(...parameters),
  }
}

/** Without arrays a row is an object, and columns of one name would be one: as a subquery's, they get distinct names. */
function distinctNames(text: string): string {
  return /^(select|with)\b/.test(text) ? `select * from (${text})` : text
}

function preparedObjects(statement: NodeStatement, thrown: Thrown): Prepared {
  const list = (row: unknown): unknown[] => Object.values(row as Record<string, unknown>)
  return {
    all: (parameters) => statement.all(...parameters).map(list),
    first(parameters) {
      const row = statement.get(...parameters)
      return row === undefined ? undefined : list(row)
    },
    run: (parameters) => thrown.during(() => statement.run(...parameters)),
  }
}
