/** PostgreSQL's errors as kinship's, by SQLSTATE. */
import { isKinshipError, KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { type Failure, failureOf } from './drivers/driver.js'
import { missingPart } from './missing-part.js'
import { uniqueError } from './unique-error.js'

/** What is known where an error arises. */
export interface Circumstances {
  /** every model of the graph, internal ones included */
  readonly models: readonly Model[]
  readonly statement: string | null
  /** the call was given up: that is why the server cancelled it */
  readonly signal?: AbortSignal | undefined
}

const store = 'postgres'

const conflict = (cause: unknown): KinshipError =>
  new KinshipError('KIN_CONFLICT', { details: { attempts: 1 }, cause })

/** Codes whose meaning does not depend on the occasion. */
const meanings: Readonly<Record<string, (cause: unknown) => KinshipError>> = {
  '40001': conflict,
  '40P01': conflict,
  '55P03': (cause) =>
    new KinshipError('KIN_STORE_BUSY', {
      message: 'A lock was not to be had within the lock timeout of the connection.',
      hint: 'Try again, shorten the other transaction, or raise `lock_timeout`.',
      details: { store, waitedMs: 0 },
      cause,
    }),
  '25006': (cause) =>
    new KinshipError('KIN_STORE_READ_ONLY', {
      message: 'The server, or the connection, allows reading only.',
      hint: 'Connect to the primary server, as a role that may write.',
      details: { store },
      cause,
    }),
  '25P02': (cause) => new KinshipError('KIN_TRANSACTION_DOOMED', { cause }),
  '22003': (cause) =>
    new KinshipError('KIN_INVALID_VALUE', {
      message: 'A number leads beyond what its field can hold.',
      details: { expected: 'a number that the column can hold', received: 'one beyond it' },
      cause,
    }),
}

/** What the system says when no server answers, and what a server says that is going away or full. */
const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])

/** What data may be refused by that the graph does not know: not null, checks, the length of texts, the range of numbers. */
const rules = new Set(['23502', '23514', '22001', '22003'])

/** Words for failures that have no code of their own in the catalogue. */
const words: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  '23503': {
    message: 'A foreign key of the database would not hold.',
    hint: 'Tables outside of the graph may refer to the record; declare them, or remove their rows first.',
  },
  '23502': {
    message: 'A column of the database that must not be null was not given.',
    hint: 'Declare the column as a field without `.optional()`, or give it a default in the database.',
  },
  '23514': {
    message: 'A check of the database refuses a value.',
    hint: 'An enum that got another value since its table was made has a check that is too narrow; `db.sync()` says which.',
  },
  '22P02': {
    message: 'A value has not the form of its column.',
    hint: 'Declare the field with the kind that the column has, or give it a codec.',
  },
  '57014': {
    message: 'The server cancelled the statement.',
    hint: 'It took longer than `statement_timeout`, or an administrator cancelled it.',
  },
  '42501': {
    message: 'The role of the connection lacks a privilege.',
    hint: 'Grant it, or connect as another role.',
  },
  '53100': {
    message: 'The disk of the server is full.',
    hint: 'Make room; the transaction was rolled back.',
  },
}

/** What was prepared does not fit any more, or is gone: with a new name it will do. */
export function isStale(error: unknown): boolean {
  const { code } = failureOf(error)
  return code === '0A000' || code === '26000'
}

/** The connection is lost, or will be: nobody may use it again. */
export function isBroken(error: unknown): boolean {
  const { code } = failureOf(isKinshipError(error) ? error.cause : error)
  // Errors without a code come from the driver itself, which has lost track of the connection.
  return code === null || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P0')
}

/** The error to throw for one that a driver threw. Errors of kinship's own pass through. */
export function translate(error: unknown, { models, statement, signal }: Circumstances): KinshipError {
  if (isKinshipError(error)) return error
  const failure = failureOf(error)
  const { code } = failure
  if (code === '57014' && signal?.aborted) return new KinshipError('KIN_ABORTED', { cause: signal.reason })
  if (code === '23505') return uniqueError(error, failure, models) ?? failed(error, failure, statement)
  if (code === '42P01' || code === '42703') {
    return schemaMismatch(error, missingPart(statement ?? '', failure.position, code === '42P01'))
  }
  if (isAway(failure)) return lost(error, failure)
  return (code === null ? undefined : meanings[code])?.(error) ?? failed(error, failure, statement)
}

/** The server is not to be reached, or breaks off. */
function isAway({ code }: Failure): boolean {
  return code === null || unavailable.has(code) || code.startsWith('08')
}

function lost(cause: unknown, { code }: Failure): KinshipError {
  const full = code === '53300'
  return new KinshipError('KIN_STORE_UNAVAILABLE', {
    message: full
      ? 'The PostgreSQL server has no connection left.'
      : `The PostgreSQL server is not to be reached, or went away${code === null ? '' : ` (${code})`}.`,
    hint: full
      ? 'Let fewer pools have fewer connections (`pool: { max }`), or raise `max_connections` of the server.'
      : undefined,
    details: { store },
    cause,
  })
}

function schemaMismatch(
  cause: unknown,
  { table, column }: { readonly table: string | null; readonly column: string | null },
): KinshipError {
  const missing =
    column === null
      ? `The database has no table "${table}".`
      : `The table "${table}" has no column "${column}".`
  return new KinshipError('KIN_SCHEMA_MISMATCH', {
    ...(table !== null && { message: missing }),
    details: { store, table, column },
    cause,
  })
}

function failed(cause: unknown, { code }: Failure, statement: string | null): KinshipError {
  const said = code === null ? undefined : words[code]
  // Statements take their values as parameters; still, a server's words may quote one, so they stay with the cause.
  return new KinshipError(rules.has(code ?? '') ? 'KIN_CONSTRAINT' : 'KIN_STORE_FAILED', {
    message: said?.message ?? `PostgreSQL failed${code === null ? '' : ` with ${code}`}.`,
    hint: said?.hint,
    details: { store, driverCode: code, statement },
    cause,
  })
}
