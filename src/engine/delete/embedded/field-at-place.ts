import type { Field, Model } from '../../../schema/graph.js'
import type { Place } from '../../../ties/references.js'

/** The field of what stands at a place of a record: an element's for a place that ends in an index. */
export function fieldAtPlace(model: Model, place: Place): Field {
  let field = model.fields.get(place[0] as string)
  for (const part of place.slice(1)) {
    field = typeof part === 'number' ? (field?.item ?? undefined) : field?.fields?.get(part)
  }
  if (!field) throw new TypeError(`${model.name} has no field at ${place.join('.')}`)
  return field
}
