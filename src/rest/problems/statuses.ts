import { catalogue, type ErrorCode } from '../../errors/catalogue.js'

/**
 * The status of every code. It is the catalogue's, but for calls that were aborted: callers of the engine do that themselves,
 * whereas here only the time limit does.
 */
export const statusOf = (code: ErrorCode): number => (code === 'KIN_ABORTED' ? 503 : catalogue[code].status)

/** Whether the message may be told: what went wrong inside is for the log, as it may hold statements and places. */
export const isTold = (code: ErrorCode): boolean => statusOf(code) < 500 || told.has(code)

const told: ReadonlySet<ErrorCode> = new Set(['KIN_CAPABILITY'])

const unknownNames: ReadonlySet<ErrorCode> = new Set([
  'KIN_UNKNOWN_OPTION',
  'KIN_UNKNOWN_FIELD',
  'KIN_UNKNOWN_OPERATOR',
  'KIN_UNKNOWN_ASSOCIATION',
])

/**
 * Names are looked up before the engine sees them, among those that the caller may know. If it should meet an unknown one all
 * the same, its guesses would name hidden ones, too.
 */
export const namesUnknown = (code: ErrorCode): boolean => unknownNames.has(code)
