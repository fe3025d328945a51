import type { Edge } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import { all } from '../condition.js'
import { connect, type Connection, fromRecord } from '../connect.js'
import { compileFilter } from '../filter.js'
import type { Scope } from '../filter/scope.js'
import { left } from '../from.js'
import type { Source } from '../source.js'
import type { Select } from './select.js'

/**
 * Joins the target of a to-one end that passes the filters; its columns are null where there is none. There must be one at
 * most, so that the row stays one: several deleted records at the end of a one-one are for the planner to keep apart (R8).
 */
export const joinToOne = (
  select: Select,
  edge: Edge,
  source: Source,
  filters: readonly Filter[],
): Connection => {
  const { statement } = select
  const connection = connect(statement, edge, fromRecord(source))
  const scope: Scope = { record: connection.target, link: connection.link, element: null }
  const condition = all(filters.map((filter) => compileFilter(statement, filter, scope, null)))
  select.lefts.push(left(connection.steps, condition))
  return connection
}
