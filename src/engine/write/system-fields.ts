import type { Field, Model } from '../../schema/graph.js'

/** The field of a model that kinship writes for this purpose; undefined where the model has none. */
export function fieldOfSystem(model: Model, system: NonNullable<Field['system']>): Field | undefined {
  for (const field of model.fields.values()) if (field.system === system) return field
  return undefined
}
