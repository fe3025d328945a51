/** Short ways to write filters and nodes by hand. */
import type { Edge, Field } from '../../../src/schema/graph.js'
import { always, type Comparison, type Filter, type Operand, type Value } from '../../../src/store/filter.js'
import type { ChildNode, OrderTerm, ReadNode, Strategy } from '../../../src/store/read.js'
import { end, field, model } from './shapes.js'

export const fixed = (value: unknown): Value => ({ fixed: value })

export const record = (of: string, ...path: string[]): Operand => ({
  of: 'record',
  path,
  field: field(of, ...path),
})
export const link = (edge: Edge, name: string): Operand => ({
  of: 'link',
  path: [name],
  field: edge.payload.get(name) as Field,
})
export const element = (array: Field, ...path: string[]): Operand => {
  let found = array.item as Field
  for (const name of path) found = found.fields?.get(name) as Field
  return { of: 'element', path, field: found }
}

export const compare = (operand: Operand, op: Comparison, value: Value, negated = false): Filter => ({
  is: 'compare',
  operand,
  op,
  value,
  negated,
})
export const isNull = (operand: Operand, negated = false): Filter => ({ is: 'null', operand, negated })
export const all = (...of: Filter[]): Filter => ({ is: 'all', of })
export const any = (...of: Filter[]): Filter => ({ is: 'any', of })
export const related = (
  edge: Edge,
  where: Filter = always,
  negated = false,
  at: 'record' | 'element' = 'record',
): Filter => ({
  is: 'related',
  edge,
  at,
  scope: visible(edge),
  where,
  negated,
})
export const relatedCount = (
  edge: Edge,
  op: Comparison,
  value: Value,
  where: Filter = always,
  negated = false,
): Filter => ({
  is: 'relatedCount',
  edge,
  at: 'record',
  scope: visible(edge),
  where,
  op,
  value,
  negated,
})

/** Live records only, where the model knows deleted ones. */
export const live = (of: string): Filter => (model(of).softDelete ? isNull(record(of, 'deletedAt')) : always)
const visible = (edge: Edge): Filter => live(edge.to.name)

export const order = (
  by: Operand,
  direction: 'asc' | 'desc' = 'asc',
  via: OrderTerm['via'] = [],
): OrderTerm => ({
  direction,
  via,
  by,
})

export const node = (of: string, more: Partial<ReadNode> = {}): ReadNode => ({
  model: model(of),
  fields: [...model(of).fields.values()].filter(
    (shown) =>
      !shown.hidden &&
      !more.children?.some((child) => child.path.join() === shown.name && !child.edge.embedded),
  ),
  scope: live(of),
  where: always,
  order: [],
  limit: null,
  offset: null,
  counts: null,
  children: [],
  lock: null,
  ...more,
})

export const child = (
  of: string,
  name: string,
  strategy: Strategy,
  more: Partial<ReadNode> = {},
): ChildNode => {
  const edge = end(of, name)
  return {
    edge,
    path: edge.path,
    strategy,
    link: [...edge.payload.values()],
    node: node(edge.to.name, more),
    reason: '',
  }
}

/** The order that the planner gives to the root of a read. */
export const byId = (of: string): OrderTerm => order(record(of, 'id'))
