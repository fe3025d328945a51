/** What is compared of an answer: everything a caller can rely on, without ids that are drawn and clocks that tick. */
import { isKinshipError } from '../../errors/index.js'
import type { Call } from './call.js'

/** Clock readings differ between runs; whether there is one does not. */
const CLOCKED = new Set(['createdAt', 'updatedAt', 'deletedAt'])

export function observed(call: Call, answer: unknown): unknown {
  switch (call.method) {
    case 'delete':
    case 'deleteMany':
      return counted(answer, ['deleted', 'softDeleted', 'unlinked', 'dangling'])
    case 'planDelete':
      return counted(answer, ['deleted', 'softDeleted', 'dangling'])
    case 'restore':
      return counted(answer, ['restored', 'skipped', 'relinked', 'notRelinked'])
    default:
      return canonical(answer)
  }
}

/** Reports by number: lists by their length, zeros left out. */
function counted(report: unknown, names: readonly string[]): unknown {
  const sizes: Record<string, unknown> = {}
  for (const name of names) {
    const part = (report as Record<string, unknown>)[name]
    if (typeof part === 'number') sizes[name] = part
    else if (Array.isArray(part)) sizes[name] = part.length
    else sizes[name] = countsByModel(part as Record<string, unknown>)
  }
  return canonical(sizes)
}

const countsByModel = (part: Record<string, unknown>): unknown =>
  Object.fromEntries(
    Object.entries(part ?? {})
      .map(([model, ids]) => [model, Array.isArray(ids) ? ids.length : ids])
      .filter(([, count]) => count !== 0),
  )

/** Comparable by its text: keys sorted, values of every type told apart. */
export function canonical(value: unknown, key = ''): unknown {
  if (value === null || value === undefined) return null
  if (CLOCKED.has(key)) return 'a time'
  if (typeof value === 'bigint') return `bigint ${value}`
  if (value instanceof Date) return `date ${value.toISOString()}`
  if (value instanceof Uint8Array) return `bytes ${[...value].join()}`
  if (Array.isArray(value)) return value.map((item) => canonical(item))
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => typeof member !== 'function')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, canonical(member, name)]),
  )
}

/** A refusal is compared by its code; anything that is not a refusal is a fault of whoever threw it. */
export function refusal(error: unknown): string {
  if (isKinshipError(error) && error.code !== 'KIN_INTERNAL' && error.code !== 'KIN_STORE_FAILED') return error.code
  throw error
}
