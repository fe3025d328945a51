import type { Field } from '../../schema/graph.js'

/** The operators that parameters may use: an allow-list, by what they test. */
export const equality: readonly string[] = ['$eq', '$ne', '$in', '$nin', '$exists', '$not']
const ranged: readonly string[] = [...equality, '$gt', '$gte', '$lt', '$lte']
const textual: readonly string[] = [...ranged, '$like', '$ilike']
const opaque: readonly string[] = ['$eq', '$ne', '$exists']

export const quantifiers: readonly string[] = ['$some', '$every', '$none']
export const sizes: readonly string[] = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte']

/** The operators of a field that holds one value. */
export function operatorsOf({ kind }: Field): readonly string[] {
  switch (kind) {
    case 'string':
    case 'text':
    case 'enum':
      return textual
    case 'json':
      return opaque
    case 'boolean':
    case 'binary':
    case 'reference':
      return equality
    default:
      return ranged
  }
}
