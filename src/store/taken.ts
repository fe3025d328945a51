import { KinshipError } from '../errors/index.js'
import type { Model, Unique } from '../schema/graph.js'

/** What a unique index or a primary key refused. */
export interface Taken {
  readonly model: Model
  /** null: the primary key */
  readonly unique: Unique | null
}

/** What an index of the graph's own guards, by its name; null for any other. */
export function takenByIndex(models: Iterable<Model>, name: string): Taken | null {
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
