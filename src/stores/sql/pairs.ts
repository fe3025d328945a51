import type { Edge, Through } from '../../schema/graph.js'
import { equal, TRUE, where } from './condition.js'
import { type Fragment, sql } from './fragment.js'
import { type Step, table } from './from.js'
import { rowSource, type Source } from './source.js'
import type { Statement } from './statement.js'

/** The condition that these expressions (one for each part of a key) are the key of a parent. */
export interface Match {
  (exprs: readonly string[]): Fragment
  /** the parent's key where it stands in a row that is in scope */
  readonly own?: readonly string[]
}

/** The match of a parent's key that is in scope. */
export const equalTo = (own: readonly string[]): Match =>
  Object.assign((exprs: readonly string[]) => equal(exprs, own), { own })

/** The pairs of a join, seen from one end. */
export interface Pairs {
  readonly alias: string
  readonly step: Step
  readonly link: Source
  readonly near: readonly string[]
  readonly far: readonly string[]
  /** the stored position; empty where the pairs have none */
  readonly order: readonly string[]
}

const expressions = (source: Source, names: readonly string[]): readonly string[] =>
  names.map((name) => source.scalar([name], source.field([name])).expr)

/** The pairs of an edge whose near key matches. */
export const pairs = (statement: Statement, edge: Edge, through: Through, match: Match): Pairs => {
  const alias = statement.alias()
  const link = rowSource(statement.dialect, alias, through.model.fields)
  const near = expressions(link, through.near)
  const step = edge.symmetric
    ? { item: sql`(${bothWays(statement, through, match)}) as ${alias}`, on: TRUE }
    : { item: table(statement, through.model, alias), on: match(near) }
  return {
    alias,
    step,
    link,
    near,
    far: expressions(link, through.far),
    order: through.position === null ? [] : expressions(link, [through.position]),
  }
}

/**
 * Symmetric pairs are stored once, smaller id first (R16): here they are read from both sides. The match goes into
 * both halves, where the indexes on the two columns serve it.
 */
const bothWays = (statement: Statement, { model, near, far }: Through, match: Match): Fragment => {
  const half = (from: readonly string[], to: readonly string[]): Fragment => {
    const alias = statement.alias()
    const stored = rowSource(statement.dialect, alias, model.fields)
    const swapped = new Map([...near, ...far].map((name, at) => [name, [...from, ...to][at] ?? name]))
    const columns = [...model.fields.values()].map((field) => {
      const [expr] = expressions(stored, [swapped.get(field.name) ?? field.name])
      return `${expr} as ${statement.dialect.quote(field.column)}`
    })
    const condition = where(match(expressions(stored, from)))
    return sql`select ${columns.join(', ')} from ${table(statement, model, alias)}${condition}`
  }
  return sql`${half(near, far)} union all ${half(far, near)}`
}
