/** Random filters over the graph of shapes, each with values from the domains that the records have. */
import * as fc from 'fast-check'
import type { Edge, Field, Model } from '../../../src/schema/graph.js'
import { always, type Comparison, type Filter, type Operand, type Value } from '../../../src/store/filter.js'
import { live } from './build.js'
import { domain } from './data.js'
import { shapes } from './shapes.js'

const patterns = [
  '%',
  'a%',
  '%b',
  'a\\%b',
  'a\\_b',
  '_',
  '__',
  '%[x]%',
  'a*b',
  'ab\\\\c',
  'Ä%',
  'ANN',
  "%o\\'%",
  '',
]

const ids: Readonly<Record<string, readonly unknown[]>> = {
  user: [...domain.user, 'gone'],
  country: domain.country,
  post: domain.post,
  hashtag: domain.hashtag,
  product: domain.product,
}

/** Values that a field may have. */
const valuesOf = (field: Field, model: Model | null): readonly unknown[] => {
  if (field.edge !== null) return ids[field.edge.to.name] ?? ['g1', 'w1']
  switch (field.kind) {
    case 'id':
      return (model === null ? undefined : ids[model.name]) ?? ['g1', 't2', 'w1', 'c3', 'f1', 'k2']
    case 'decimal':
      return field.precision > 15 ? domain.bigDecimal : domain.decimal
    case 'string':
    case 'text':
      return [...domain.name, ...domain.role, ...domain.tag]
    case 'enum':
      return domain.role
    case 'json':
      return domain.json
    case 'binary':
      return domain.binary
    case 'integer':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'date':
      return domain[field.kind]
    default:
      return []
  }
}

const ranges: readonly Comparison[] = ['gt', 'gte', 'lt', 'lte']
const unordered = new Set(['json', 'boolean'])

const value = (of: unknown): Value => ({ fixed: of })

const scalarLeaf = (operand: Operand, model: Model | null): fc.Arbitrary<Filter> => {
  const { field } = operand
  const values = fc.constantFrom(...valuesOf(field, model))
  const leaf = (op: Comparison, of: fc.Arbitrary<unknown>): fc.Arbitrary<Filter> =>
    fc.record({
      is: fc.constant('compare' as const),
      operand: fc.constant(operand),
      op: fc.constant(op),
      value: of.map(value),
      negated: fc.boolean(),
    })
  const text = field.kind === 'string' || field.kind === 'text'
  return fc.oneof(
    fc.boolean().map((negated): Filter => ({ is: 'null', operand, negated })),
    leaf('eq', values),
    ...(field.kind === 'json' ? [] : [leaf('in', fc.uniqueArray(values, { maxLength: 3 }))]),
    ...(unordered.has(field.kind) ? [] : ranges.map((op) => leaf(op, values))),
    ...(text
      ? [leaf('like', fc.constantFrom(...patterns)), leaf('ilike', fc.constantFrom(...patterns))]
      : []),
  )
}

const count = fc.record({ op: fc.constantFrom<Comparison>('eq', 'gt', 'lte'), number: fc.nat(3) })
const countIn = fc.uniqueArray(fc.nat(3), { maxLength: 2 })

type Inside = { readonly of: 'record' | 'link' | 'element'; readonly path: readonly string[] }

const fieldLeaves = (
  fields: Iterable<Field>,
  { of, path }: Inside,
  model: Model | null,
  depth: number,
): fc.Arbitrary<Filter>[] =>
  [...fields].flatMap((field): fc.Arbitrary<Filter>[] => {
    const operand: Operand = { of, path: [...path, field.name], field }
    const negated = fc.boolean()
    if (field.kind === 'object') {
      const missing = negated.map((not): Filter => ({ is: 'null', operand, negated: not }))
      return [missing, ...fieldLeaves(field.fields?.values() ?? [], { of, path: operand.path }, model, depth)]
    }
    if (field.kind !== 'array' && field.kind !== 'list') return [scalarLeaf(operand, model)]
    const item = field.item ?? field
    const sizes = [
      fc.record({ count, negated }).map(({ count: { op, number }, negated: not }): Filter => ({
        is: 'elementCount',
        operand,
        op,
        value: value(number),
        negated: not,
      })),
      fc.record({ of: countIn, negated }).map(({ of: numbers, negated: not }): Filter => ({
        is: 'elementCount',
        operand,
        op: 'in',
        value: value(numbers),
        negated: not,
      })),
    ]
    const values = valuesOf(item, model)
    const contained =
      values.length === 0 || item.kind === 'object' || item.kind === 'json'
        ? []
        : [
            fc
              .record({ of: fc.constantFrom(...values), negated })
              .map(({ of: one, negated: not }): Filter => ({
                is: 'contains',
                operand,
                value: value(one),
                negated: not,
              })),
          ]
    return [...(field.stored ? [...sizes] : []), ...contained, ...elementLeaf(operand, model, depth)]
  })

const elementLeaf = (operand: Operand, model: Model | null, depth: number): fc.Arbitrary<Filter>[] => {
  const { field, path } = operand
  const item = field.item
  if (item === null || depth === 0) return []
  const inside: Inside = { of: 'element', path: [] }
  const own =
    item.kind === 'object'
      ? fieldLeaves(item.fields?.values() ?? [], inside, null, depth - 1)
      : [scalarLeaf({ of: 'element', path: [], field: item }, null)]
  const edges = [...(path.length > 0 && operand.of === 'record' ? (model?.embedded ?? []) : [])].filter(
    (edge) => edge.path[0] === path[0] && edge.fromKey.many,
  )
  const leaves = [...own, ...edges.map((edge) => relatedLeaf(edge, 'element', depth - 1))]
  return [
    fc
      .record({ where: combined(fc.oneof(...leaves)), negated: fc.boolean() })
      .map(({ where, negated }): Filter => ({
        is: 'element',
        operand,
        where,
        negated,
      })),
  ]
}

const relatedLeaf = (edge: Edge, at: 'record' | 'element', depth: number): fc.Arbitrary<Filter> => {
  const where =
    depth <= 0 ? fc.constant(always) : fc.oneof(fc.constant(always), filterOf(edge.to, depth - 1, edge))
  const scope = fc.constantFrom(live(edge.to.name), always)
  const exists = fc
    .record({ where, scope, negated: fc.boolean() })
    .map((of): Filter => ({ is: 'related', edge, at, ...of }))
  const sized = fc
    .record({ where, scope, negated: fc.boolean(), count })
    .map(({ count: { op, number }, ...of }): Filter => ({
      is: 'relatedCount',
      edge,
      at,
      op,
      value: value(number),
      ...of,
    }))
  const among = fc
    .record({ where, scope, negated: fc.boolean(), numbers: countIn })
    .map(({ numbers, ...of }): Filter => ({
      is: 'relatedCount',
      edge,
      at,
      op: 'in',
      value: value(numbers),
      ...of,
    }))
  return fc.oneof({ weight: 3, arbitrary: exists }, sized, among)
}

/** `$and` and `$or` over leaves; the empty ones included. */
const combined = (leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }).map((of): Filter => ({ is: 'all', of })),
      fc.array(tie('tree'), { maxLength: 3 }).map((of): Filter => ({ is: 'any', of })),
    ),
  })).tree

/** A filter on records of a model, reached over an edge (whose payload it may look at) or not. */
export const filterOf = (model: Model, depth: number, over: Edge | null = null): fc.Arbitrary<Filter> => {
  const own = fieldLeaves(model.fields.values(), { of: 'record', path: [] }, model, depth)
  const payload = over === null ? [] : fieldLeaves(over.payload.values(), { of: 'link', path: [] }, null, 0)
  const unnamed = shapes.associations.map((edge) => edge.reverse).filter((edge) => edge.name === null)
  const edges = [...model.ends.values(), ...model.embedded, ...unnamed.filter((edge) => edge.from === model)]
  const beyond = depth === 0 ? [] : edges.map((edge) => relatedLeaf(edge, 'record', depth))
  const leaf = fc.oneof(
    fc.oneof(...own),
    ...(payload.length === 0 ? [] : [fc.oneof(...payload)]),
    ...(beyond.length === 0 ? [] : [fc.oneof(...beyond), fc.oneof(...beyond)]),
  )
  return combined(leaf)
}
