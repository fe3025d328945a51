import type { Edge } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import { all, where } from '../condition.js'
import { connect, type Connection, fromElement, fromRecord, namesPrimaryKey } from '../connect.js'
import { type Fragment, sql } from '../fragment.js'
import { from } from '../from.js'
import type { Statement } from '../statement.js'
import { compareCount } from './compare.js'
import type { CompileFilter, Joins, Leaf, Scope } from './scope.js'

/** Something on the other side of an edge, seen from what is in scope. */
export interface Relation {
  readonly edge: Edge
  readonly scope: Filter
  readonly where: Filter
}

const follow = (statement: Statement, edge: Edge, at: 'record' | 'element', scope: Scope): Connection => {
  if (at === 'record') return connect(statement, edge, fromRecord(scope.record))
  if (scope.element === null) throw new TypeError('No element where a filter starts from one')
  return connect(statement, edge, fromElement(scope.element))
}

/** The targets for which a relation holds, from `from` to `where`; what must exist with them may be joined. */
const targets = (
  statement: Statement,
  relation: Relation,
  connection: Connection,
  repeat: boolean,
  compile: CompileFilter,
): Fragment => {
  const joins: Joins = { steps: [...connection.steps], repeat }
  const condition = onTargets(statement, relation, connection, joins, compile)
  const begun = from(joins.steps)
  return sql`${begun.from}${where(all([begun.where, condition]))}`
}

const onTargets = (
  statement: Statement,
  relation: Relation,
  connection: Connection,
  joins: Joins,
  compile: CompileFilter,
): Fragment => {
  const scope: Scope = { record: connection.target, link: connection.link, element: null }
  return all([
    compile(statement, relation.scope, scope, joins),
    compile(statement, relation.where, scope, joins),
  ])
}

/** Databases limit the number of tables in a join (SQLite: 64); to-one ends that are shown need some, too. */
const MOST_JOINED = 24

/** `related`: joined where the condition's `from` allows it, otherwise `exists`. */
export const related = (
  statement: Statement,
  leaf: Leaf<'related'>,
  scope: Scope,
  joins: Joins | null,
  compile: CompileFilter,
): Fragment => {
  const connection = follow(statement, leaf.edge, leaf.at, scope)
  const joinable = !leaf.negated && !connection.apart && leaf.at === 'record'
  const one = connection.steps.length === 1 && namesPrimaryKey(leaf.edge)
  if (joins !== null && joins.steps.length < MOST_JOINED && joinable && (joins.repeat || one)) {
    joins.steps.push(...connection.steps)
    return onTargets(statement, leaf, connection, joins, compile)
  }
  const found = sql`exists (select 1${targets(statement, leaf, connection, true, compile)})`
  return leaf.negated ? sql`not ${found}` : found
}

/** The number of targets for which a relation holds, as an expression. */
export const countRelated = (
  statement: Statement,
  relation: Relation,
  at: 'record' | 'element',
  scope: Scope,
  compile: CompileFilter,
): Fragment => {
  const connection = follow(statement, relation.edge, at, scope)
  return sql`(select count(*)${targets(statement, relation, connection, false, compile)})`
}

/** `relatedCount`. */
export const relatedCount = (
  statement: Statement,
  leaf: Leaf<'relatedCount'>,
  scope: Scope,
  compile: CompileFilter,
): Fragment => compareCount(statement, countRelated(statement, leaf, leaf.at, scope, compile), leaf)
