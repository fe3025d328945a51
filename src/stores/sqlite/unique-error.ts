import { KinshipError } from '../../errors/index.js'
import type { Model, Unique } from '../../schema/graph.js'
import { columnsOf } from '../sql/schema/columns-of.js'

/**
 * What was taken, from SQLite's message: the code says only that something was, and no other part of the error names
 * the columns. Null where the message or the columns are unknown.
 */
export function uniqueError(error: unknown, models: readonly Model[]): KinshipError | null {
  const [, list] = /^UNIQUE constraint failed: (.+)$/.exec((error as Error).message) ?? []
  if (list === undefined) return null
  const [, index] = /^index '(.+)'$/.exec(list) ?? []
  const found = index === undefined ? byColumns(list.split(', '), models) : byIndex(index, models)
  return found && taken(found.model, found.unique, error)
}

interface Found {
  readonly model: Model
  /** null: the primary key */
  readonly unique: Unique | null
}

/** Each column is written as `table.column`. */
function byColumns(names: readonly string[], models: readonly Model[]): Found | null {
  for (const model of models) {
    const prefix = `${model.collection}.`
    if (!names.every((name) => name.startsWith(prefix))) continue
    const columns = names.map((name) => name.slice(prefix.length))
    const unique = model.uniques.find(({ fields }) => sameSet(columnsOf(model, fields), columns))
    if (unique !== undefined) return { model, unique }
    if (sameSet(columnsOf(model, model.primaryKey), columns)) return { model, unique: null }
  }
  return null
}

function byIndex(name: string, models: readonly Model[]): Found | null {
  for (const model of models) {
    const unique = model.uniques.find((candidate) => candidate.name === name)
    if (unique !== undefined) return { model, unique }
  }
  return null
}

function sameSet(left: readonly (string | null)[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => name !== null && right.includes(name))
}

function taken(model: Model, unique: Unique | null, cause: unknown): KinshipError {
  if (unique?.edge) {
    const { association } = unique.edge
    return new KinshipError('KIN_ONE_TAKEN', { details: { association, target: null }, cause })
  }
  const fields = unique?.fields ?? model.primaryKey
  return new KinshipError('KIN_UNIQUE', {
    message: `Another ${model.name} has this ${fields.join(', ')} already.`,
    details: { model: model.name, fields },
    cause,
  })
}
