import { KinshipError } from '../../errors/index.js'
import type { Model, Unique } from '../../schema/graph.js'
import { columnsOf } from './schema/columns-of.js'

/** What a unique index or a primary key refused. */
export interface Taken {
  readonly model: Model
  /** null: the primary key */
  readonly unique: Unique | null
}

/** What the columns of a table belong to, whatever their order; null where it is nothing of the graph's. */
export function takenByColumns(model: Model, columns: readonly string[]): Taken | null {
  const unique = model.uniques.find(({ fields }) => sameSet(columnsOf(model, fields), columns))
  if (unique !== undefined) return { model, unique }
  return sameSet(columnsOf(model, model.primaryKey), columns) ? { model, unique: null } : null
}

/** What an index of the graph's own guards, by its name; null for any other. */
export function takenByIndex(models: readonly Model[], name: string): Taken | null {
  for (const model of models) {
    const unique = model.uniques.find((candidate) => candidate.name === name)
    if (unique !== undefined) return { model, unique }
  }
  return null
}

/** The error for it, before the engine has found out whose value it was. */
export function takenError({ model, unique }: Taken, cause: unknown): KinshipError {
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

function sameSet(left: readonly (string | null)[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => name !== null && right.includes(name))
}
