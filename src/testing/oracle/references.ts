/** Walking the references of a record, those inside embedded structures included (R17). */
import type { OneDescription } from './description.js'
import type { Field, Fields, Members } from './graph.js'

export type Path = readonly (string | number)[]

export interface Reference {
  readonly declared: OneDescription
  /** field names and array indexes, from the record inwards */
  readonly path: Path
  readonly value: unknown
}

/** Every reference that is not null. */
export function referencesIn(fields: Fields, members: Members): Reference[] {
  const found: Reference[] = []
  mapReferences(fields, members, (reference) => {
    found.push(reference)
    return reference.value
  })
  return found
}

/** The same members with every reference that is not null replaced. */
export function mapReferences(
  fields: Fields,
  members: Members,
  replace: (reference: Reference) => unknown,
): Members {
  return mapMembers(fields, members, [], replace)
}

function mapMembers(
  fields: Fields,
  members: Members,
  path: Path,
  replace: (r: Reference) => unknown,
): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const field = fields[name]
      return [name, field === undefined ? value : mapValue(field, value, [...path, name], replace)]
    }),
  )
}

function mapValue(field: Field, value: unknown, path: Path, replace: (r: Reference) => unknown): unknown {
  if (value === null) return null
  if (field.kind === 'one') return replace({ declared: field, path, value })
  if (field.kind === 'object') return mapMembers(field.fields, value as Members, path, replace)
  if (field.kind === 'array') {
    return (value as unknown[]).map((element, index) =>
      mapValue(field.item, element, [...path, index], replace),
    )
  }
  return value
}

/** A path without its indexes: two references with the same pattern are told apart by their place in an array only. */
export function patternOf(path: Path): string {
  return path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
}

/** What stands at a path; undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Members)[part]
  }
  return value
}
