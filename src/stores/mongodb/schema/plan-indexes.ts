import { BSON, type Document } from 'mongodb'
import type { SyncReport } from '../../../store/store.js'
import type { Index } from './desired-indexes.js'

/** An index as a database has it. */
export interface ExistingIndex {
  readonly name: string
  readonly key: Document
  readonly unique: boolean
  readonly where: Document | null
  /** it has no other options that change what it answers for */
  readonly plain: boolean
}

/** The difference between the indexes wanted and those that exist: only ever additions. What would need more is a problem. */
export function planIndexes(
  collection: string,
  desired: readonly Index[],
  existing: readonly ExistingIndex[],
): { readonly missing: readonly Index[]; readonly problems: SyncReport['problems'] } {
  const problems: SyncReport['problems'][number][] = []
  const missing = desired.filter((index) => {
    if (existing.some((found) => serves(found, index))) return false
    const obstacle = obstacleTo(index, existing)
    if (obstacle !== null) problems.push({ table: collection, what: `index ${index.name}`, ...obstacle })
    return obstacle === null
  })
  return { missing, problems }
}

function obstacleTo(
  index: Index,
  existing: readonly ExistingIndex[],
): { readonly reason: string; readonly fix: string } | null {
  const stricter = existing.find((found) => isStricter(found, index))
  if (stricter !== undefined) {
    return {
      reason: `"${stricter.name}" is unique among other records, or nulls, too`,
      fix: `Drop "${stricter.name}"; sync then makes the one that fits.`,
    }
  }
  if (!existing.some(({ name }) => name === index.name)) return null
  return { reason: 'an index of this name exists and is another one', fix: 'Drop or rename it.' }
}

function serves(found: ExistingIndex, index: Index): boolean {
  if (!found.plain) return false
  const keys = Object.keys(found.key)
  if (index.unique) {
    return found.unique && sameSet(keys, index.keys) && sameCondition(found.where, index.where)
  }
  return found.where === null && index.keys.every((key, at) => keys[at] === key)
}

function isStricter(found: ExistingIndex, index: Index): boolean {
  return index.unique && found.unique && found.where === null && sameSet(Object.keys(found.key), index.keys)
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key) => right.includes(key))
}

function sameCondition(left: Document | null, right: Document | null): boolean {
  return canonical(left) === canonical(right)
}

/** Servers give a condition back in other words: `$eq` for an equality, `$and` around its parts, keys in another order. */
function canonical(condition: Document | null): string | null {
  return condition && partsOf(condition).toSorted().join()
}

function partsOf(condition: Document): string[] {
  return Object.entries(condition).flatMap(([key, test]): string[] => {
    if (key === '$and') return (test as readonly Document[]).flatMap(partsOf)
    const only = isOperator(test) ? test : { $eq: test as unknown }
    return Object.entries(only).map(([operator, value]) => {
      return BSON.EJSON.stringify([key, operator, value as unknown], { relaxed: true })
    })
  })
}

function isOperator(test: unknown): test is Document {
  return typeof test === 'object' && test !== null && Object.keys(test).some((key) => key.startsWith('$'))
}
