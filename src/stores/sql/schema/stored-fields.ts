import type { Field, Model } from '../../../schema/graph.js'

/** The fields that have a column: lists shown from a join have none. */
export function storedFields(model: Model): readonly Field[] {
  return [...model.fields.values()].filter((field) => field.kind !== 'list' || field.stored)
}
