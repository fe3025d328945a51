import type { Edge, Field, Model } from '../schema/graph.js'

/** Field names and array indexes, from the record inwards. */
export type Place = readonly (string | number)[]

/** A reference as it stands in a record, with where it stands. */
export interface Reference {
  readonly edge: Edge
  readonly place: Place
  /** it may be null; one that may not takes the array element around it along */
  readonly optional: boolean
  readonly target: unknown
}

export type Row = Readonly<Record<string, unknown>>

/** The top-level fields of a model that have references inside of them (R17). */
export function fieldsAround(model: Model, edges: Iterable<Edge>): readonly Field[] {
  const names = new Set([...edges].map(({ path }) => path[0]!))
  return [...names].map((name) => model.fields.get(name)!)
}

/** Every reference inside the embedded structures of these fields of a record, in the order of the record. */
export const referencesIn = (fields: Iterable<Field>, row: Row): Reference[] =>
  [...fields].flatMap((field) => referencesInside(field, row[field.name], [field.name]))

/** Every reference in a value that stands at a place. */
export function referencesInside(field: Field, value: unknown, place: Place): Reference[] {
  const found: Reference[] = []
  collect(field, value, place, found)
  return found
}

function collect(field: Field, value: unknown, place: Place, found: Reference[]): void {
  if (value === null || value === undefined) return
  if (field.kind === 'reference' && field.edge) {
    found.push({ edge: field.edge, place, optional: field.optional, target: value })
  } else if (field.fields) {
    for (const member of field.fields.values()) {
      collect(member, (value as Row)[member.name], [...place, member.name], found)
    }
  } else if (field.item && field.kind === 'array') {
    const { item } = field
    ;(value as readonly unknown[]).forEach((element, index) => {
      collect(item, element, [...place, index], found)
    })
  }
}

/** What stands at a place; undefined where it leads nowhere. */
export function valueAt(root: unknown, place: Place): unknown {
  let value = root
  for (const part of place) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

export const isInside = (place: Place, outer: Place): boolean =>
  outer.length <= place.length && outer.every((part, index) => part === place[index])
