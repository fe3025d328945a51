import type { Field } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'

type Picks = (field: Field) => boolean

/** Hardly a value of theirs is rare. */
const coarse = new Set<Field['kind']>(['boolean', 'enum'])

const pinnedBy = (filter: Filter, picks: Picks): boolean => {
  if (filter.is === 'all') return filter.of.some((part) => pinnedBy(part, picks))
  if (filter.is === 'related') return !filter.negated && !filter.edge.many && pinned(filter.where)
  if (filter.is !== 'compare' || filter.negated || filter.operand.of !== 'record') return false
  return (filter.op === 'eq' || filter.op === 'in') && picks(filter.operand.field)
}

/** The filter asks for certain values, so few records can be expected to match. */
export const pinned = (filter: Filter): boolean => pinnedBy(filter, (field) => !coarse.has(field.kind))

/** The filter names its records by a unique value. */
export const named = (filter: Filter): boolean =>
  pinnedBy(filter, (field) => field.kind === 'id' || field.unique)
