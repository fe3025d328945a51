import { fail } from '../../../errors/index.js'
import type { Edge, Field, Path } from '../../../schema/graph.js'
import type { ReadNode, ReadRequest } from '../../../store/read.js'
import { equal, TRUE, where } from '../condition.js'
import { connect, type Connection, fromRecord, keyOf } from '../connect.js'
import { joined, KEYS, type Parameter, sql } from '../fragment.js'
import { type Step, table } from '../from.js'
import { equalTo, type Match } from '../pairs.js'
import { rowSource } from '../source.js'
import type { ListParameter } from '../dialect.js'
import type { Statement } from '../statement.js'
import { orderOver } from './order.js'
import { page, restrict } from './restrict.js'
import { beginSelect, rowsOf, type Select } from './select.js'

/** A keyed read's select with the parent's key in it, and the way that led to the rows. */
export interface Keyed {
  readonly select: Select
  readonly connection: Connection
  /** the parent's key, part by part */
  readonly key: readonly { readonly expr: string; readonly field: Field }[]
}

const primary = (fields: readonly string[]): readonly Path[] => fields.map((name) => [name])

/** The fields whose values the keys are. */
const keyFields = (edge: Edge): readonly Field[] => {
  const { from, to, fromKey, toKey } = edge
  const [model, paths] =
    edge.embedded && edge.holder
      ? [to, toKey.paths]
      : [from, fromKey.many ? primary(from.primaryKey) : fromKey.paths]
  return paths.map((path) => {
    const field = model.fields.get(path[0] ?? '')
    return field ?? fail('KIN_INTERNAL', { message: `"${edge.association}" has no key "${path.join('.')}".` })
  })
}

/** The way from parents whose keys match. */
const connectParents = (statement: Statement, edge: Edge, match: Match): Connection => {
  if (edge.embedded && edge.holder) {
    const alias = statement.alias()
    const target = rowSource(statement.dialect, alias, edge.to.fields)
    const key = keyOf(target, edge.toKey.paths)
    const steps = [{ item: table(statement, edge.to, alias), on: match(key) }]
    return { steps, apart: false, pairs: null, alias, target, link: null, key, ids: key, order: [] }
  }
  if (!edge.fromKey.many) return connect(statement, edge, { match })
  const alias = statement.alias()
  const parent = rowSource(statement.dialect, alias, edge.from.fields)
  const key = keyOf(parent, primary(edge.from.primaryKey))
  const connection = connect(statement, edge, fromRecord(parent))
  const steps = [{ item: table(statement, edge.from, alias), on: match(key) }, ...connection.steps]
  return { ...connection, steps, key }
}

const scopeOf = ({ target, link }: Connection) => ({ record: target, link, element: null })

const keysParameter = (encode: (keys: readonly unknown[]) => unknown): Parameter => ({
  value: KEYS,
  encode: (keys) => encode(keys as readonly unknown[]),
})

/** A select that begins with the keys and keeps to the way from there: databases may see it otherwise (measured). */
const selectAlong = (statement: Statement, gathered: boolean, steps: readonly Step[]): Select =>
  beginSelect(statement, gathered, steps, statement.dialect.joinInOrder)

/**
 * The steps over pairs that are sorted before their targets are joined to them, which sorts narrow rows or, with an
 * index, none (measured: a seventh faster); null where something else than the pairs decides on the order.
 */
const orderedPairs = (
  statement: Statement,
  edge: Edge,
  node: ReadNode,
  { pairs, steps, key, ids, order }: Connection,
): readonly Step[] | null => {
  const { dialect } = statement
  const [first, ...others] = steps
  if (pairs === null || first === undefined || node.order.length > 0 || edge.symmetric) return null
  const stored = edge.ordered && edge.holder ? order : []
  const terms = [...key, ...stored, ...ids].map((expr) => dialect.order(expr, 'asc', false))
  const sorted = sql`select ${pairs}.* from ${first.item}${where(first.on)} order by ${joined(terms, ', ')}`
  const item = dialect.inOrder(sorted)
  return item === null ? null : [{ item: sql`${item} as ${pairs}`, on: TRUE }, ...others]
}

/** The way from all parents. Where an index leads from one id to the lists that hold it, the keys are the rows to begin with. */
const connectAll = (
  statement: Statement,
  edge: Edge,
  list: ListParameter,
  fields: readonly Field[],
  keys: Parameter,
): Connection => {
  if (edge.toKey.many && !edge.embedded && statement.dialect.holds !== null) {
    const row = statement.alias()
    const connection = connectParents(statement, edge, equalTo(fields.map((_, at) => list.part(row, at))))
    return { ...connection, steps: [{ item: list.rows(keys, row), on: TRUE }, ...connection.steps] }
  }
  return connectParents(statement, edge, (exprs) => list.includes(exprs, keys))
}

/** All targets of all parents, parent by parent. */
const readAll = (
  statement: Statement,
  edge: Edge,
  { node, counting }: ReadRequest,
  gathered: boolean,
): Keyed => {
  const { dialect } = statement
  const fields = keyFields(edge)
  const list = dialect.list(fields, 'raw')
  const keys = keysParameter(list.encode)
  const connection = connectAll(statement, edge, list, fields, keys)
  const ordered = counting ? null : orderedPairs(statement, edge, node, connection)
  const select = selectAlong(statement, gathered, ordered ?? connection.steps)
  restrict(select, node, scopeOf(connection))
  // By the key first: where an index begins with it, the order costs nothing (measured).
  if (ordered === null && !counting) {
    const own = connection.ids.every((id) => connection.key.includes(id))
    const terms = own ? [] : orderOver(select, edge, node.order, connection)
    select.order.push(...connection.key.map((expr) => dialect.order(expr, 'asc', false)), ...terms)
  }
  const key = fields.map((field, at) => ({ expr: connection.key[at] ?? '', field }))
  return { select, connection, key }
}

/** One parent's targets, in order, as many as are asked for, as rows under an alias: beside the parent's key, or by their ids. */
const chosenTargets = (
  statement: Statement,
  edge: Edge,
  node: ReadNode,
  parent: readonly string[],
  alias: string,
): Step => {
  const { lateral } = statement.dialect
  const connection = connectParents(statement, edge, equalTo(parent))
  const chosen = beginSelect(statement, false, connection.steps)
  restrict(chosen, node, scopeOf(connection))
  const [id = ''] = connection.ids
  const column = lateral ? `${connection.alias}.*` : id
  chosen.columns.push({ expr: column, finish: () => column })
  chosen.order.push(...orderOver(chosen, edge, node.order, connection))
  page(chosen, node)
  if (lateral) return { item: sql`lateral (${rowsOf(chosen)}) as ${alias}`, on: TRUE }
  const [own = ''] = keyOf(rowSource(statement.dialect, alias, edge.to.fields), primary(edge.to.primaryKey))
  return { item: table(statement, edge.to, alias), on: sql`${own} in (${rowsOf(chosen)})` }
}

/** The way from a parent whose key stands in a row before it. What cannot look back at that row takes all keys. */
const connectBeside = (
  statement: Statement,
  edge: Edge,
  parent: readonly string[],
  anyKey: Match,
): Connection => {
  const way = connectParents(statement, edge, equalTo(parent))
  if (!way.apart) return way
  const apart = connectParents(statement, edge, anyKey)
  const [first, ...others] = apart.steps
  if (first === undefined) return apart
  return { ...apart, steps: [{ ...first, on: equal(apart.key, parent) }, ...others] }
}

/**
 * Some targets of each parent: the parents' keys are the rows to begin with, and a correlated subquery chooses the ids
 * of each one's targets (measured: twice as fast as numbering all targets by a window function). The pairing, where
 * there is one, is then looked up for what was chosen.
 */
const readSome = (statement: Statement, edge: Edge, { node }: ReadRequest, gathered: boolean): Keyed => {
  const { dialect } = statement
  const fields = keyFields(edge)
  const list = dialect.list(fields, 'raw')
  const keys = keysParameter(list.encode)
  const row = statement.alias()
  const parent = fields.map((_, at) => list.part(row, at))
  const beginning = { item: list.rows(keys, row), on: TRUE }
  const way = connectBeside(statement, edge, parent, (exprs) => list.includes(exprs, keys))
  const direct = way.steps.length === 1
  const alias = direct ? way.alias : statement.alias()
  const [id = ''] = keyOf(rowSource(dialect, alias, edge.to.fields), primary(edge.to.primaryKey))
  const select = selectAlong(statement, gathered, [
    beginning,
    chosenTargets(statement, edge, node, parent, alias),
    ...(direct ? [] : way.steps),
  ])
  if (!direct) select.conditions.push(equal(way.ids, [id]))
  const position = dialect.order(list.position(row), 'asc', false)
  select.order.push(position, ...orderOver(select, edge, node.order, way))
  // The column that equals the key is mostly selected anyway, as a field (measured: a tenth).
  const key = fields.map((field, at) => ({ expr: way.key[at] ?? parent[at] ?? '', field }))
  return { select, connection: way, key }
}

/** The select of a keyed read: columns are still to be added. */
export const readKeyed = (
  statement: Statement,
  edge: Edge,
  request: ReadRequest,
  gathered: boolean,
): Keyed => {
  const { limit, offset } = request.node
  const read = limit === null && offset === null ? readAll : readSome
  return read(statement, edge, request, gathered)
}
