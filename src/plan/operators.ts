import type { FieldKind } from '../schema/graph.js'

export const equality = ['$eq', '$ne', '$in', '$nin', '$exists', '$not'] as const
export const isEquality = (name: string): boolean => (equality as readonly string[]).includes(name)

const range = [...equality, '$gt', '$gte', '$lt', '$lte'] as const
const text = [...range, '$like', '$ilike'] as const

export const logic = ['$and', '$or', '$not'] as const
export const sizeOperators = ['$eq', '$ne', '$in', '$nin', '$gt', '$gte', '$lt', '$lte', '$not'] as const
export const quantifiers = ['$some', '$every', '$none', '$size', '$not'] as const

/** The operators that the values of each kind take. */
export const operatorsOf: Readonly<Record<FieldKind, readonly string[]>> = {
  id: range,
  string: text,
  text,
  enum: text,
  integer: range,
  bigint: range,
  number: range,
  decimal: range,
  date: range,
  boolean: equality,
  binary: equality,
  reference: equality,
  json: ['$eq', '$ne', '$exists', '$not'],
  object: ['$exists', ...logic],
  array: ['$exists', '$not'],
  list: [...quantifiers, '$contains'],
}

/** Every operator there is: for telling one that does not fit here from one that does not exist. */
export const everyOperator: ReadonlySet<string> = new Set([
  ...text,
  ...logic,
  ...quantifiers,
  '$contains',
  '$link',
])
