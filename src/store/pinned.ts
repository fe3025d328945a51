import type { Field } from '../schema/graph.js'
import type { Filter } from './filter.js'

type Picks = (field: Field) => boolean

/** Hardly a value of theirs is rare. */
const coarse = new Set<Field['kind']>(['boolean', 'enum'])

const pinnedBy = (filter: Filter, picks: Picks, overMany: boolean): boolean => {
  if (filter.is === 'all') return filter.of.some((part) => pinnedBy(part, picks, overMany))
  if (filter.is === 'related')
    return !filter.negated && (overMany || !filter.edge.many) && pinned(filter.where, overMany)
  if (filter.is !== 'compare' || filter.negated || filter.operand.of !== 'record') return false
  return (filter.op === 'eq' || filter.op === 'in') && picks(filter.operand.field)
}

/**
 * The filter asks for certain values, so few records can be expected to match.
 *
 * @param overMany values of records beyond a to-many end count, too
 */
export const pinned = (filter: Filter, overMany = false): boolean =>
  pinnedBy(filter, (field) => !coarse.has(field.kind), overMany)

/** The filter names its records by a unique value. */
export const named = (filter: Filter): boolean =>
  pinnedBy(filter, (field) => field.kind === 'id' || field.unique, false)

/** The filter is met by one record at most: it asks for a certain id, or another unique value. */
export const namesOne = (filter: Filter): boolean => {
  if (filter.is === 'all') return filter.of.some(namesOne)
  if (filter.is !== 'compare' || filter.negated || filter.op !== 'eq') return false
  const { of, path, field } = filter.operand
  return of === 'record' && path.length === 1 && (field.kind === 'id' || field.unique)
}
