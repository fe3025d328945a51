import type { Edge } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import { all, where } from '../condition.js'
import { connect, type Connection, fromRecord, keyOf } from '../connect.js'
import { compileFilter } from '../filter.js'
import type { Scope } from '../filter/scope.js'
import { type Fragment, joined, sql } from '../fragment.js'
import { from, left, table } from '../from.js'
import { rowSource, type Source } from '../source.js'
import type { Statement } from '../statement.js'
import type { Select } from './select.js'

/** The filter lets only live records through. */
const onlyLive = (filter: Filter): boolean =>
  (filter.is === 'null' && !filter.negated && filter.operand.field.system === 'deletedAt') ||
  (filter.is === 'all' && filter.of.some(onlyLive))

const namesPrimaryKey = (edge: Edge): boolean =>
  edge.toKey.paths.every((path) => path.length === 1 && edge.to.primaryKey.includes(path[0] ?? ''))

/** Deleted holders of a one-one may share its target with each other and with a live one (R8). */
export const mayRepeat = (edge: Edge, filters: readonly Filter[]): boolean =>
  !edge.many && edge.to.softDelete && !namesPrimaryKey(edge) && !filters.some(onlyLive)

/** The live one first, then the one deleted last. */
export const liveFirst = (statement: Statement, edge: Edge, target: Source): readonly Fragment[] => {
  const { dialect } = statement
  const deletedAt = [...edge.to.fields.values()].find((field) => field.system === 'deletedAt')
  if (deletedAt === undefined) return []
  const { expr } = target.scalar([deletedAt.name], deletedAt)
  return [[`${expr} is not null`], dialect.order(expr, 'desc')]
}

/** Which of several it is: the condition that a row is the one to show. */
const chosen = (select: Select, edge: Edge, source: Source, filters: readonly Filter[]): Connection => {
  const { statement } = select
  const { dialect } = statement
  const candidates = connect(statement, edge, fromRecord(source))
  const scope: Scope = { record: candidates.target, link: candidates.link, element: null }
  const begun = from(candidates.steps)
  const condition = all([begun.where, ...filters.map((f) => compileFilter(statement, f, scope, null))])
  const identity = edge.to.primaryKey.map((name) => [name])
  const [id] = keyOf(candidates.target, identity)
  const order = joined([...liveFirst(statement, edge, candidates.target), id ?? ''], ', ')
  const one = sql`(select ${id ?? ''}${begun.from}${where(condition)} order by ${order}${dialect.limit('1', null)})`
  const alias = statement.alias()
  const target = rowSource(dialect, alias, edge.to.fields)
  const on = sql`${keyOf(target, identity).join()} = ${one}`
  const steps = [{ item: table(statement, edge.to, alias), on }]
  return { ...candidates, alias, target, steps, apart: false, link: null }
}

/** Joins the target of a to-one end that passes the filters; its columns are null where there is none. */
export const joinToOne = (
  select: Select,
  edge: Edge,
  source: Source,
  filters: readonly Filter[],
): Connection => {
  const { statement } = select
  if (mayRepeat(edge, filters)) {
    const connection = chosen(select, edge, source, filters)
    select.lefts.push(left(connection.steps, all([])))
    return connection
  }
  const connection = connect(statement, edge, fromRecord(source))
  const scope: Scope = { record: connection.target, link: connection.link, element: null }
  const condition = all(filters.map((filter) => compileFilter(statement, filter, scope, null)))
  select.lefts.push(left(connection.steps, condition))
  return connection
}
