import type { Model } from '../../schema/graph.js'
import type { Taken } from '../../store/taken.js'
import { columnsOf } from './schema/columns-of.js'

export { type Taken, takenByIndex, takenError } from '../../store/taken.js'

/** What the columns of a table belong to, whatever their order; null where it is nothing of the graph's. */
export function takenByColumns(model: Model, columns: readonly string[]): Taken | null {
  const unique = model.uniques.find(({ fields }) => sameSet(columnsOf(model, fields), columns))
  if (unique !== undefined) return { model, unique }
  return sameSet(columnsOf(model, model.primaryKey), columns) ? { model, unique: null } : null
}

function sameSet(left: readonly (string | null)[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => name !== null && right.includes(name))
}
