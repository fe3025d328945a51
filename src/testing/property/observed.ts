/** What is compared of an answer: everything a caller can rely on, without ids that are drawn and clocks that tick. */
import { isKinshipError } from '../../errors/index.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { Call } from './call.js'

/** Thrown by a transaction's callback of its own accord. */
export class Abandoned extends Error {}

/** Clock readings differ between runs; whether there is one does not. */
const CLOCKED = new Set(['createdAt', 'updatedAt', 'deletedAt'])

/** Members of reports that can be compared: counts, and lists of records. */
const REPORTED: Readonly<Record<string, readonly string[]>> = {
  delete: ['deleted', 'softDeleted', 'unlinked', 'dangling'],
  deleteMany: ['deleted', 'softDeleted', 'unlinked', 'dangling'],
  purge: ['deleted', 'softDeleted', 'unlinked', 'dangling'],
  planDelete: ['deleted', 'softDeleted', 'blockers', 'irreversible', 'hard'],
  restore: ['restored', 'skipped', 'relinked', 'notRelinked'],
}

export function observed({ method }: Call, answer: unknown): unknown {
  const names = REPORTED[method]
  if (!names) return canonical(answer)
  const report = answer as Readonly<Record<string, unknown>>
  return canonical(Object.fromEntries(names.map((name) => [name, numbers(report[name])])))
}

/** Lists by their length, by model where they are; zeros are left out. */
function numbers(part: unknown): unknown {
  if (Array.isArray(part)) return part.length
  if (!isPlainObject(part)) return part
  const counts = Object.entries(part).map(([model, ids]) => [model, numbers(ids)])
  return Object.fromEntries(counts.filter(([, count]) => count !== 0))
}

/** Comparable by its text: keys sorted, values of every type told apart. */
function canonical(value: unknown, key = ''): unknown {
  if (value === null) return null
  if (CLOCKED.has(key)) return 'a time'
  if (value === undefined) return 'undefined'
  if (Object.is(value, -0)) return 'minus zero'
  if (typeof value === 'bigint') return `bigint ${value}`
  if (value instanceof Date) return `date ${value.toISOString()}`
  if (value instanceof Uint8Array) return `bytes ${[...value].join(' ')}`
  if (Array.isArray(value)) return value.map((item) => canonical(item))
  if (typeof value !== 'object') return value
  const members = Object.entries(value).filter(([, member]) => typeof member !== 'function')
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, canonical(member, name)]))
}

/** A failure as an answer. */
export interface Refused {
  readonly refused: string
}

export const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer

export function answered(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return refusal(error)
  }
}

export async function answeredLater(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return refusal(error)
  }
}

/**
 * Refused for what a call says, whatever is stored: which of these codes a malformed call gets where several fit is not promised,
 * so they are one.
 */
const MALFORMED = /^KIN_(VALIDATION|IMMUTABLE|INVALID_|UNKNOWN_)/

/** A refusal is compared by its code; what is no refusal is a fault of whoever threw it. */
function refusal(error: unknown): Refused {
  if (error instanceof Abandoned) return { refused: 'abandoned' }
  if (!isKinshipError(error)) return { refused: `FAULT ${String(error)}` }
  const { code, cause, message } = error
  if (code === 'KIN_INTERNAL' || code === 'KIN_STORE_FAILED' || code === 'KIN_CONSTRAINT') {
    return { refused: `FAULT ${code}: ${message} ${cause instanceof Error ? cause.message : ''}` }
  }
  return { refused: MALFORMED.test(code) ? 'malformed' : code }
}
