import type { KinshipError } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { type Taken, takenByColumns, takenByIndex, takenError } from '../sql/unique-error.js'

/**
 * What was taken, from SQLite's message: the code says only that something was, and no other part of the error names
 * the columns. Null where the message or the columns are unknown.
 */
export function uniqueError(error: unknown, models: readonly Model[]): KinshipError | null {
  const [, list] = /^UNIQUE constraint failed: (.+)$/.exec((error as Error).message) ?? []
  if (list === undefined) return null
  const [, index] = /^index '(.+)'$/.exec(list) ?? []
  const found = index === undefined ? byColumns(list.split(', '), models) : takenByIndex(models, index)
  return found && takenError(found, error)
}

/** Each column is written as `table.column`. */
function byColumns(names: readonly string[], models: readonly Model[]): Taken | null {
  for (const model of models) {
    const prefix = `${model.collection}.`
    if (!names.every((name) => name.startsWith(prefix))) continue
    const columns = names.map((name) => name.slice(prefix.length))
    const taken = takenByColumns(model, columns)
    if (taken !== null) return taken
  }
  return null
}
