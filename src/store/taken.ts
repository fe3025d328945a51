import { KinshipError } from '../errors/index.js'
import type { Model, Unique } from '../schema/graph.js'

/**
 * The error of a database that has a value already where it must be the only one.
 *
 * @param unique null for the primary key
 */
export function taken(model: Model, unique: Unique | null, cause: unknown): KinshipError {
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
