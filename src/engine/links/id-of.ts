import type { Field, Model } from '../../schema/graph.js'

/** The id field of a model that has ends; internal join models have none and are never asked. */
export function idOf(model: Model): Field {
  if (!model.id) throw new TypeError(`${model.name} is keyed by its pair and has no id`)
  return model.id
}

/** An id that was written down as text. */
export const idFromText = (model: Model, text: string): unknown =>
  model.id?.idKind === 'integer' ? Number(text) : text
