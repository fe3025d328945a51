/** Small conditions and nodes the engine builds for itself (queries of callers are parsed, not built). */
import type { Edge, Field, Model, Path } from '../schema/graph.js'
import type { Comparison, Filter, Operand, Value } from '../store/filter.js'
import { always } from '../store/filter.js'
import type { ReadNode, ReadRequest } from '../store/read.js'

export const slot = (index: number): Value => ({ slot: index })
export const fixed = (value: unknown): Value => ({ fixed: value })

const onField = (field: Field): Operand => ({ of: 'record', path: [field.name], field })

export const compare = (field: Field, op: Comparison, value: Value, negated = false): Filter => ({
  is: 'compare',
  operand: onField(field),
  op,
  value,
  negated,
})

export const equals = (field: Field, value: Value): Filter => compare(field, 'eq', value)
export const within = (field: Field, value: Value): Filter => compare(field, 'in', value)
export const isNull = (field: Field): Filter => ({ is: 'null', operand: onField(field), negated: false })
export const notNull = (field: Field): Filter => ({ is: 'null', operand: onField(field), negated: true })

/** The field a path of names leads to. */
export function fieldAt(model: Model, path: Path): Field {
  const [first, ...rest] = path
  let field = model.fields.get(first ?? '')
  for (const name of rest) field = (field?.item ?? field)?.fields?.get(name)
  if (!field) throw new TypeError(`${model.name} has no field at ${path.join('.')}`)
  return field
}

/** A node that reads these fields of every stored record that meets `where`, deleted ones included. */
export const plainNode = (
  model: Model,
  fields: readonly Field[],
  where: Filter = always,
  more: Partial<ReadNode> = {},
): ReadNode => ({
  model,
  fields,
  scope: always,
  where,
  order: [],
  limit: null,
  offset: null,
  counts: null,
  children: [],
  lock: null,
  ...more,
})

export const plainRead = (
  node: ReadNode,
  by: Edge | null = null,
  link: readonly Field[] = [],
): ReadRequest => ({
  node,
  by,
  link,
  carry: [],
  counting: false,
})
