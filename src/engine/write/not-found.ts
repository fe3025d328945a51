import { type ErrorId, fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'

/** A record that a call names is absent or hidden (R37). */
export function notFound(model: Model, ids: readonly unknown[]): never {
  return fail('KIN_NOT_FOUND', {
    message: `There is no ${model.name} with id ${ids.map((id) => JSON.stringify(id)).join(', ')}, or it is hidden.`,
    details: { model: model.name, ids: ids as readonly ErrorId[] },
  })
}
