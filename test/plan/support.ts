/** What the planner's tests share: parsing by model name, and filters as short text. */
import { KinshipError } from '../../src/errors/index.js'
import { calls, parseQuery, type ParsedQuery } from '../../src/plan/parse-query.js'
import { queryKey } from '../../src/plan/shape-key.js'
import { readValues, Slots } from '../../src/plan/slots.js'
import { unrestricted, type Visibility } from '../../src/plan/visibility.js'
import type { Graph, Model } from '../../src/schema/graph.js'
import type { Filter, Operand, Value } from '../../src/store/filter.js'
import type { Capabilities } from '../../src/store/store.js'

export const capabilities: Capabilities = {
  strategies: ['join', 'batch', 'aggregate'],
  layouts: ['reference', 'array', 'join'],
  inexactInAggregates: ['number'],
  isolation: ['serializable'],
  maxClosure: 1000,
  assignsIntegerIds: true,
  readOnly: false,
  description: 'a store of the tests',
}

export function modelOf(graph: Graph, name: string): Model {
  const model = graph.models.get(name)
  if (!model) throw new Error(`The graph has no model ${name}`)
  return model
}

export interface Parsed extends ParsedQuery {
  readonly key: string
  /** normalised */
  readonly values: readonly unknown[]
}

export function parse(
  graph: Graph,
  name: string,
  query: unknown,
  visibility: Visibility = unrestricted,
): Parsed {
  const model = modelOf(graph, name)
  const values = [...visibility.values]
  const key = queryKey(query, model, values)
  const slots = new Slots(values, visibility.values.length)
  const parsed = parseQuery(query, model, calls.find, { visibility, slots })
  slots.finish()
  readValues(slots.list, values, visibility.values.length)
  return { ...parsed, key, values }
}

/** The filter of a `where` as text, its values in place of their slots. */
export function whereText(
  graph: Graph,
  name: string,
  where: unknown,
  visibility: Visibility = unrestricted,
): string {
  const { node, values } = parse(graph, name, { where }, visibility)
  return print(node.where, values)
}

export function print(filter: Filter, values: readonly unknown[]): string {
  const not = (negated: boolean, text: string): string => (negated ? `not ${text}` : text)
  const inner = (part: Filter): string => print(part, values)
  const given = (value: Value): string => JSON.stringify('slot' in value ? values[value.slot] : value.fixed)
  switch (filter.is) {
    case 'all':
      return `all(${filter.of.map(inner).join(', ')})`
    case 'any':
      return `any(${filter.of.map(inner).join(', ')})`
    case 'compare':
      return not(filter.negated, `${operand(filter.operand)} ${filter.op} ${given(filter.value)}`)
    case 'null':
      return not(filter.negated, `${operand(filter.operand)} null`)
    case 'contains':
      return not(filter.negated, `${operand(filter.operand)} contains ${given(filter.value)}`)
    case 'related':
      return not(filter.negated, `${edgeText(filter)}{${inner(filter.scope)} | ${inner(filter.where)}}`)
    case 'relatedCount':
      return not(
        filter.negated,
        `#${edgeText(filter)}{${inner(filter.scope)}} ${filter.op} ${given(filter.value)}`,
      )
    case 'element':
      return not(filter.negated, `some ${operand(filter.operand)}(${inner(filter.where)})`)
    case 'elementCount':
      return not(filter.negated, `#${operand(filter.operand)} ${filter.op} ${given(filter.value)}`)
  }
}

function edgeText({ edge, at }: Extract<Filter, { is: 'related' | 'relatedCount' }>): string {
  return `${at === 'element' ? 'element.' : ''}${edge.path.join('.')}`
}

function operand({ of, path }: Operand): string {
  const prefix = { record: '', link: '$link.', element: 'element.' }[of]
  return `${prefix}${path.join('.')}`.replace(/\.$/, '')
}

/** The error that a function throws; fails the test where it throws none. */
export function errorOf(body: () => unknown): KinshipError {
  try {
    body()
  } catch (error) {
    if (error instanceof KinshipError) return error
    throw error
  }
  throw new Error('Nothing was thrown')
}
