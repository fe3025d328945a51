import type { Model } from '../../schema/graph.js'
import { all, TRUE } from './condition.js'
import { type Fragment, joined, sql } from './fragment.js'
import type { Statement } from './statement.js'

/** One item of a `from`, and what ties it to the items before it. */
export interface Step {
  readonly item: Fragment
  readonly on: Fragment
}

/** A model's table under an alias, as an item of a `from`. */
export const table = (statement: Statement, model: Model, alias: string): Fragment => [
  `${statement.dialect.table(model.collection)} as ${alias}`,
]

const on = (condition: Fragment): Fragment => sql` on ${condition}`

/** Steps added to a `from` that has begun. */
const inner = (steps: readonly Step[], join = ' join '): Fragment =>
  joined(
    steps.map((step) => sql`${join}${step.item}${on(step.on)}`),
    '',
  )

/**
 * ` from …` that begins with the first step, and the condition that then belongs into the `where`.
 *
 * @param join ` join `, or what keeps the order of the steps (see `Dialect.joinInOrder`)
 */
export const from = (
  steps: readonly Step[],
  join?: string,
): { readonly from: Fragment; readonly where: Fragment } => {
  const [first, ...rest] = steps
  if (first === undefined) return { from: [], where: TRUE }
  return { from: sql` from ${first.item}${inner(rest, join)}`, where: first.on }
}

/** Steps that leave the row as it is where they lead nowhere. */
export const left = (steps: readonly Step[], condition: Fragment): Fragment => {
  const [first, ...rest] = steps
  if (first === undefined) return []
  const item = rest.length === 0 ? first.item : sql`(${first.item}${inner(rest)})`
  return sql` left join ${item}${on(all([first.on, condition]))}`
}
