import type { Model } from '../../../schema/graph.js'

/** The columns of fields of a model, by the fields' names; null for a member of an embedded object. */
export function columnsOf(model: Model, names: readonly string[]): readonly (string | null)[] {
  return names.map((name) => model.fields.get(name)?.column ?? null)
}
