/** What the driver and the server report, as errors of kinship. They are told by code, label and class, never by message. */
import type { MongoError } from 'mongodb'
import { isKinshipError, KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { isDriverError } from './is-driver-error.js'
import { uniqueError } from './unique-error.js'

/** What is known where an error arises. */
export interface Circumstances {
  /** of the collection that the command is about; null for collections of the store's own */
  readonly model: Model | null
  readonly statement: string | null
  /** the largest document, in bytes */
  readonly maxDocument: number
}

const store = 'mongodb'

type Meaning = (cause: MongoError, circumstances: Circumstances) => KinshipError

const conflict: Meaning = (cause) => new KinshipError('KIN_CONFLICT', { details: { attempts: 1 }, cause })

const interrupted = (cause: MongoError): KinshipError =>
  new KinshipError('KIN_CONFLICT', {
    message: 'The connection, or the primary, was lost in the middle of a transaction.',
    details: { attempts: 1 },
    cause,
  })

const unavailable: Meaning = (cause) =>
  new KinshipError('KIN_STORE_UNAVAILABLE', { details: { store }, cause })

const tooLarge: Meaning = (cause, { model, maxDocument }) =>
  recordTooLarge(model?.name ?? 'record', maxDocument, cause)

const told =
  (message: string, hint: string): Meaning =>
  (cause, { statement }) =>
    new KinshipError('KIN_STORE_FAILED', {
      message,
      hint,
      details: { store, driverCode: codeOf(cause), statement },
      cause,
    })

const denied = told(
  'MongoDB refuses the user.',
  'Check user, password and `authSource` of the URL, and that the user may read and write the database.',
)

/** Server codes whose meaning does not depend on the occasion. */
const meanings: ReadonlyMap<unknown, Meaning> = new Map<unknown, Meaning>([
  // WriteConflict, NoSuchTransaction, SnapshotUnavailable, SnapshotTooOld, LockTimeout, PreparedTransactionInProgress
  ...[112, 251, 246, 239, 24, 267].map((code): [number, Meaning] => [code, conflict]),
  // NotWritablePrimary, PrimarySteppedDown, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary, InterruptedDueToReplStateChange,
  // InterruptedAtShutdown, ShutdownInProgress, HostUnreachable, HostNotFound, SocketException, NetworkTimeout
  ...[10107, 189, 13435, 13436, 11602, 11600, 91, 6, 7, 9001, 89].map((code): [number, Meaning] => [
    code,
    unavailable,
  ]),
  // BSONObjectTooLarge, and what updates and transactions say instead
  ...[10334, 17419, 17420, 257].map((code): [number, Meaning] => [code, tooLarge]),
  ...[13, 18, 8000].map((code): [number, Meaning] => [code, denied]),
  [
    17280,
    told(
      'A value is too long to be indexed.',
      'Shorten it, or index another field (an older server says so).',
    ),
  ],
  [
    121,
    told(
      'A validator of the collection refuses the document.',
      'Make the validator fit the graph (`collMod`), or drop it.',
    ),
  ],
  [
    290,
    told(
      'The transaction took longer than MongoDB lets one live.',
      'Do it in parts, or raise `transactionLifetimeLimitSeconds` of the server.',
    ),
  ],
  [
    263,
    told(
      'MongoDB does not do this inside of a transaction.',
      'Run `db.sync()` first, which makes the collections; some servers make none in a transaction.',
    ),
  ],
  [
    50,
    told(
      'MongoDB did not answer within the time it was given.',
      'Raise `maxTimeMS`, or make the query cheaper: `explain` shows its statements.',
    ),
  ],
])

/** Failures of the driver itself, which have no code. */
const byName: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['MongoClientClosedError', (cause) => new KinshipError('KIN_STORE_CLOSED', { details: { store }, cause })],
  [
    'MongoWaitQueueTimeoutError',
    (cause) =>
      new KinshipError('KIN_STORE_BUSY', {
        message: 'No connection to MongoDB became free in time.',
        hint: 'Raise `maxPoolSize` or `waitQueueTimeoutMS` in the URL, or shorten transactions.',
        details: { store, waitedMs: 0 },
        cause,
      }),
  ],
  ['MongoServerSelectionError', unavailable],
])

const connectionLost: ReadonlySet<string> = new Set([
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoNetworkTimeoutError',
  'MongoNetworkError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'PoolClearedOnNetworkError',
])

/** The error to throw for one that the driver threw. Errors of kinship's own pass through. */
export function translate(error: unknown, circumstances: Circumstances): KinshipError {
  if (isKinshipError(error)) return error
  if (!isDriverError(error)) return failed(error, circumstances)
  const named = byName.get(error.name)
  if (named !== undefined) return named(error, circumstances)
  if (error.code === 11000) return uniqueError(error, circumstances.model) ?? failed(error, circumstances)
  const meaning = meanings.get(error.code)
  if (meaning !== undefined && meaning !== unavailable) return meaning(error, circumstances)
  // A transaction that broke off with its connection, or with a primary that stepped down, may be run again.
  const lost = meaning !== undefined || connectionLost.has(error.name)
  if (error.hasErrorLabel('TransientTransactionError')) {
    return lost ? interrupted(error) : conflict(error, circumstances)
  }
  return lost ? unavailable(error, circumstances) : failed(error, circumstances)
}

/** @param limit in bytes */
export function recordTooLarge(model: string, limit: number, cause?: unknown): KinshipError {
  return new KinshipError('KIN_RECORD_TOO_LARGE', {
    message: `A ${model} would become larger than the ${limit} bytes of a document of MongoDB.`,
    details: { store, model, limit },
    cause,
  })
}

/** The server's code as text; null where only the driver failed. */
function codeOf(error: unknown): string | null {
  if (!isDriverError(error) || error.code === undefined) return null
  const name = (error as { readonly codeName?: unknown }).codeName
  return typeof name === 'string' ? name : String(error.code)
}

function failed(cause: unknown, { statement }: Circumstances): KinshipError {
  const code = codeOf(cause)
  // The server's words may repeat values; the code says what happened, the cause the rest.
  return new KinshipError('KIN_STORE_FAILED', {
    message: `MongoDB failed${code === null ? (cause instanceof Error ? ` with ${cause.name}` : '') : ` with ${code}`}.`,
    details: { store, driverCode: code, statement },
    cause,
  })
}
