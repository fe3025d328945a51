import type { Field, FieldKind } from '../schema/graph.js'

/** Turns one form of a value into another (see `Dialect`). Null passes through. */
export type Convert = (value: unknown) => unknown

/** How the values of some kinds are converted; the other kinds' values stay as they are. */
export type Conversions = { readonly [Kind in FieldKind]?: (field: Field) => Convert }

export const same: Convert = (value) => value

function throughNull(convert: Convert): Convert {
  return convert === same ? same : (value) => (value === null || value === undefined ? null : convert(value))
}

/** The conversion of a field towards the database: its codec's, otherwise its kind's. */
export function encoding(field: Field, conversions: Conversions): Convert {
  const { codec } = field
  if (codec !== null) return throughNull((value) => codec.encode(value))
  return throughNull(conversions[field.kind]?.(field) ?? same)
}

/** The conversion of a field from the database: its codec's, otherwise its kind's. */
export function decoding(field: Field, conversions: Conversions): Convert {
  const { codec } = field
  if (codec !== null) return throughNull((raw) => codec.decode(raw))
  return throughNull(conversions[field.kind]?.(field) ?? same)
}
