import type { Field } from '../../../schema/graph.js'
import { all, where } from '../condition.js'
import { type Convert, same } from '../../../store/convert.js'
import type { Joins } from '../filter/scope.js'
import { type Fragment, joined, type Part, sql } from '../fragment.js'
import { from, type Step } from '../from.js'
import type { Source } from '../source.js'
import type { Statement } from '../statement.js'

/** A column of a select. */
interface Column {
  readonly expr: Part
  /** the column where the row is put together, from its expression or from its name in a derived table */
  readonly finish: (name: string | null) => Part
}

/** A select under construction: whoever needs a column or a join adds it. */
export interface Select {
  readonly statement: Statement
  /** rows gathered to one JSON array, instead of rows as the driver gives them */
  readonly gathered: boolean
  readonly joins: Joins
  /** what joins the steps: ` join `, or what keeps their order */
  readonly join: string
  /** left joins, after the others */
  readonly lefts: Fragment[]
  readonly conditions: Fragment[]
  readonly columns: Column[]
  readonly order: Fragment[]
  limit: Part | null
  offset: Part | null
  /** where the records of joined to-one ends are found, by the names that lead to them */
  readonly places: Map<string, Source>
}

export const beginSelect = (
  statement: Statement,
  gathered: boolean,
  steps: readonly Step[],
  join = ' join ',
): Select => ({
  statement,
  gathered,
  joins: { steps: [...steps], repeat: false },
  join,
  lefts: [],
  conditions: [],
  columns: [],
  order: [],
  limit: null,
  offset: null,
  places: new Map(),
})

/** Adds a column of a field; @returns its place in the row. */
export const addColumn = (select: Select, expr: string, field: Field): number => {
  const { dialect } = select.statement
  const finish = (name: string | null) =>
    select.gathered ? dialect.aggregated(name ?? expr, field) : dialect.select(name ?? expr, field)
  const text = finish(null)
  const known = select.columns.findIndex((column) => column.finish(null) === text)
  return known === -1 ? select.columns.push({ expr, finish }) - 1 : known
}

/** How such a column becomes a value; null where it is one. */
export const decodeColumn = (select: Select, field: Field): Convert | null => {
  const { dialect } = select.statement
  const decode = select.gathered ? dialect.decodeAggregated(field) : dialect.decode(field)
  return decode === same ? null : decode
}

/** Adds a column that is an expression of its own; @returns its place in the row. */
export const addExpression = (select: Select, expr: Part): number =>
  select.columns.push({ expr, finish: (name) => name ?? expr }) - 1

/** Adds a column of gathered rows (a subquery); @returns its place in the row. */
export const addGathered = (select: Select, subquery: Fragment): number => {
  const { dialect } = select.statement
  const finish = (name: string | null) =>
    select.gathered ? dialect.nested(name ?? subquery) : dialect.selectGathered(name ?? subquery)
  return select.columns.push({ expr: subquery, finish }) - 1
}

/** From `from` to the limit. */
const rest = (select: Select): Fragment => {
  const begun = from(select.joins.steps, select.join)
  const condition = where(all([begun.where, ...select.conditions]))
  const order = select.order.length === 0 ? [] : sql` order by ${joined(select.order, ', ')}`
  const limit = select.statement.dialect.limit(select.limit, select.offset)
  return sql`${begun.from}${joined(select.lefts, '')}${condition}${order}${limit}`
}

/** The select of rows as the driver gives them. */
export const rowsOf = (select: Select): Fragment => {
  const columns = select.columns.map((column) => column.finish(null))
  return sql`select ${columns.length === 0 ? '1' : joined(columns, ', ')}${rest(select)}`
}

/**
 * The select of one value, all rows gathered in order.
 *
 * @param finish what is done with the value
 * @param entry what a row becomes: a JSON array of its columns, or its only column
 */
export const gatheredOf = (
  select: Select,
  entry: 'row' | 'column',
  finish: (gathered: Fragment) => Part = (gathered) => gathered,
): Fragment => {
  const { dialect } = select.statement
  const gather = (columns: readonly Part[]): Part =>
    finish(dialect.gather(entry === 'row' ? dialect.row(columns) : (columns[0] ?? ''), null))
  if (select.order.length === 0 && select.limit === null && select.offset === null) {
    return sql`select ${gather(select.columns.map((column) => column.finish(null)))}${rest(select)}`
  }
  // An order inside the aggregate function sorts what an index may give in order; a derived table need not (measured).
  const alias = select.statement.alias()
  const inner = select.columns.map((column, at) => sql`${column.expr} as ${`c${at}`}`)
  const outer = select.columns.map((column, at) => column.finish(`${alias}.c${at}`))
  const derived = sql`select ${inner.length === 0 ? '1' : joined(inner, ', ')}${rest(select)}`
  return sql`select ${gather(outer)} from (${derived}) as ${alias}`
}

/** The select of the number of rows. */
export const countOf = (select: Select): Fragment => {
  if (select.limit === null && select.offset === null) return sql`select count(*)${rest(select)}`
  return sql`select count(*) from (select 1${rest(select)}) as counted`
}
