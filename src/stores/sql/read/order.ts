import type { Edge } from '../../../schema/graph.js'
import type { OrderTerm } from '../../../store/read.js'
import type { Connection } from '../connect.js'
import { compileFilter } from '../filter.js'
import { countRelated } from '../filter/related.js'
import { scalarOf, type Scope } from '../filter/scope.js'
import type { Fragment, Part } from '../fragment.js'
import type { Select } from './select.js'
import { joinToOne } from './to-one.js'

/** The expression that a term orders by; to-one ends on the way are joined. */
const expression = (select: Select, { via, by }: OrderTerm, scope: Scope): Part => {
  let reached = scope
  for (const { edge, scope: visible } of via) {
    const { target } = joinToOne(select, edge, reached.record, [visible])
    reached = { record: target, link: null, element: null }
  }
  if ('edge' in by) return countRelated(select.statement, by, 'record', reached, compileFilter)
  return select.statement.dialect.ranked(scalarOf(reached, by).expr, by.field)
}

/**
 * The terms of `order by`.
 *
 * @param ids what the record's own id is ordered by: a pairing's column may hold it as well, nearer to an index
 */
export const orderTerms = (
  select: Select,
  terms: readonly OrderTerm[],
  scope: Scope,
  ids: readonly string[],
): readonly Fragment[] =>
  terms.map((term) => {
    const own =
      term.via.length === 0 && 'of' in term.by && term.by.of === 'record' && term.by.field.kind === 'id'
    const [id] = ids
    const expr = own && id !== undefined ? id : expression(select, term, scope)
    return select.statement.dialect.order(expr, term.direction, mayBeNull(term))
  })

/** A number of targets never is; what lies behind a to-one end or inside an object may be, whatever its own field says. */
const mayBeNull = ({ via, by }: OrderTerm): boolean =>
  !('edge' in by) && (via.length > 0 || by.of !== 'record' || by.path.length > 1 || by.field.optional)

/** The order of the targets of one parent: as asked for, otherwise as stored in an ordered edge, otherwise by id. */
export const orderOver = (
  select: Select,
  edge: Edge,
  terms: readonly OrderTerm[],
  { target, link, ids, order }: Connection,
): readonly Fragment[] => {
  if (terms.length > 0) return orderTerms(select, terms, { record: target, link, element: null }, ids)
  const stored = edge.ordered && edge.holder ? order : []
  return [...stored, ...ids].map((expr) => select.statement.dialect.order(expr, 'asc', false))
}
