/** SQLite's errors as kinship's, by result code. */
import { isKinshipError, KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { missingPart } from './missing-part.js'
import { uniqueError } from './unique-error.js'
import type { Connection, Driver } from './drivers/driver.js'

/** What is known where an error arises. */
export interface Circumstances {
  readonly driver: Pick<Driver, 'codeOf'>
  /** null while it is being opened */
  readonly connection: Connection | null
  /** every model of the graph, internal ones included */
  readonly models: readonly Model[]
  readonly statement: string | null
}

const store = 'sqlite'

/** Codes whose meaning does not depend on the occasion, by the code or by its primary part. */
const meanings: Readonly<Record<string, (cause: unknown) => KinshipError>> = {
  SQLITE_BUSY: (cause) => new KinshipError('KIN_STORE_BUSY', { details: { store, waitedMs: 0 }, cause }),
  SQLITE_LOCKED: (cause) => new KinshipError('KIN_STORE_BUSY', { details: { store, waitedMs: 0 }, cause }),
  SQLITE_READONLY: (cause) => new KinshipError('KIN_STORE_READ_ONLY', { details: { store }, cause }),
}

/** What data may be refused by that the graph does not know. */
const rules = new Set(['SQLITE_CONSTRAINT_NOTNULL', 'SQLITE_CONSTRAINT_CHECK', 'SQLITE_CONSTRAINT_TRIGGER'])

/** Words for failures that have no code of their own in the catalogue. */
const words: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  SQLITE_CONSTRAINT_FOREIGNKEY: {
    message: 'A foreign key of the database would not hold.',
    hint: 'Tables outside of the graph may refer to the record; declare them, or remove their rows first.',
  },
  SQLITE_CONSTRAINT_NOTNULL: {
    message: 'A column of the database that must not be null was not given.',
    hint: 'Declare the column as a field without `.optional()`, or give it a default in the database.',
  },
  SQLITE_CONSTRAINT_CHECK: {
    message: 'A check of the database refuses a value.',
    hint: 'An enum that got another value since its table was made has a check that is too narrow; `db.sync()` says which.',
  },
  SQLITE_FULL: { message: 'The disk is full.', hint: 'Make room; the transaction was rolled back.' },
  SQLITE_CORRUPT: {
    message: 'The database file is damaged.',
    hint: 'Run `pragma integrity_check` on a copy of it and restore a backup.',
  },
  SQLITE_NOTADB: { message: 'The file is not a SQLite database.', hint: 'Check the path.' },
}

/** The error to throw for one that a driver threw. Errors of kinship's own pass through. */
export function translate(error: unknown, circumstances: Circumstances): KinshipError {
  if (isKinshipError(error)) return error
  const { driver, statement, models } = circumstances
  const code = driver.codeOf(error)
  if (code === null) return failed(error, null, statement)
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return uniqueError(error, models) ?? failed(error, code, statement)
  }
  const { connection } = circumstances
  if (code === 'SQLITE_ERROR' && connection !== null && statement !== null) {
    const missing = missingPart(connection, models, statement)
    if (missing !== null) return schemaMismatch(missing, error)
  }
  const meaning = meanings[code] ?? meanings[primaryOf(code)]
  return meaning?.(error) ?? failed(error, code, statement)
}

function schemaMismatch(
  { table, column }: { readonly table: string; readonly column: string | null },
  cause: unknown,
): KinshipError {
  return new KinshipError('KIN_SCHEMA_MISMATCH', {
    message:
      column === null
        ? `The database has no table "${table}".`
        : `The table "${table}" has no column "${column}".`,
    details: { store, table, column },
    cause,
  })
}

function failed(cause: unknown, driverCode: string | null, statement: string | null): KinshipError {
  const said = driverCode === null ? undefined : (words[driverCode] ?? words[primaryOf(driverCode)])
  const code = driverCode === null ? '' : ` with ${driverCode}`
  // Statements take their values as parameters, so no value can be among the driver's words.
  const inWords = cause instanceof Error ? `: ${cause.message}` : '.'
  return new KinshipError(rules.has(driverCode ?? '') ? 'KIN_CONSTRAINT' : 'KIN_STORE_FAILED', {
    message: said?.message ?? `SQLite failed${code}${inWords}`,
    hint: said?.hint,
    details: { store, driverCode, statement },
    cause,
  })
}

/** `SQLITE_BUSY` of `SQLITE_BUSY_SNAPSHOT`. */
function primaryOf(code: string): string {
  return code.split('_').slice(0, 2).join('_')
}
