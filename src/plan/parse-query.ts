import { unknownName } from '../errors/index.js'
import type { Edge, Field, Model } from '../schema/graph.js'
import { isPlainObject } from '../schema/values/is-plain-object.js'
import { normaliseCount } from '../schema/values/normalise-number.js'
import { always, type Filter, type Value } from '../store/filter.js'
import type { CountTerm, OrderTerm, Strategy } from '../store/read.js'
import { allOf } from './combine.js'
import type { DraftChild, DraftNode, QueryContext } from './draft.js'
import { type Members, modelMembers, targetMembers } from './members.js'
import { parseCounts } from './parse-count.js'
import { parseDeleted } from './parse-deleted.js'
import { parseOrder } from './parse-order.js'
import { nothingPopulated, parsePopulate } from './parse-populate.js'
import { parseWhere } from './parse-where.js'
import { refuseShape } from './refuse.js'
import { shownFields } from './shown-fields.js'
import { unknownOption } from './unknown-option.js'
import { type Deleted, deletedAtOf, visible, visibleOver } from './visibility.js'

const shaping = ['select', 'omit', 'reveal', 'populate', 'count'] as const
const one = ['where', ...shaping, 'deleted', 'strategy'] as const
const many = ['where', 'orderBy', 'limit', 'offset', ...shaping, 'deleted', 'strategy'] as const

/** What a call takes, and its name in errors. */
export interface Call {
  readonly name: string
  readonly options: readonly string[]
}

export const calls = {
  find: { name: 'find', options: [...many, 'after', 'signal'] },
  findById: { name: 'findById', options: [...shaping, 'deleted', 'strategy', 'signal'] },
  count: { name: 'count', options: ['where', 'deleted', 'signal'] },
  populate: { name: 'populate', options: ['populate', 'select', 'deleted'] },
  write: { name: 'the options of a write', options: [...shaping, 'signal'] },
} satisfies Readonly<Record<string, Call>>

/** A query, parsed, with the strategy it asks for wherever a node does not say otherwise. */
export interface ParsedQuery {
  readonly node: DraftNode
  readonly strategy: Strategy | null
}

/**
 * A whole query as a draft of a read: every name resolved, every value with its slot.
 *
 * @throws KIN_UNKNOWN_OPTION, KIN_UNKNOWN_FIELD, KIN_UNKNOWN_OPERATOR, KIN_UNKNOWN_ASSOCIATION, KIN_INVALID_QUERY
 */
export function parseQuery(query: unknown, model: Model, call: Call, context: QueryContext): ParsedQuery {
  const place: Place = {
    model,
    edge: null,
    members: modelMembers(model),
    options: call.options,
    words: `"${call.name}"`,
    path: '',
    around: null,
  }
  const { node, strategy } = parseNode(query === undefined ? {} : query, place, context)
  return { node: { ...node, order: complete(node.order, model) }, strategy }
}

/** Where a node stands. */
interface Place {
  readonly model: Model
  /** the edge that leads to the node; null for the outermost */
  readonly edge: Edge | null
  readonly members: Members
  readonly options: readonly string[]
  readonly words: string
  readonly path: string
  /** the mode of the node around, for `'inherit'` */
  readonly around: Deleted | null
}

function parseNode(query: unknown, place: Place, context: QueryContext): ParsedQuery {
  const { model, edge, members, path, around } = place
  const { visibility, slots } = context
  if (!isPlainObject(query)) return refuseShape(path || 'query', 'a query object', query)
  const at = (option: string): string => (path === '' ? option : `${path}.${option}`)
  const deleted = parseDeleted(query['deleted'], around, at('deleted'))

  let where: Filter = always
  let order: OrderTerm[] = []
  let limit: Value | null = null
  let offset: Value | null = null
  let counts: CountTerm[] | null = null
  let populated = nothingPopulated
  // In the order of the query, because that is the order of its values.
  for (const [option, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (!place.options.includes(option)) unknownOption(option, place.options, place.words, at(option))
    if (option === 'where') where = parseWhere(value, members, visibility, slots, at(option))
    else if (option === 'limit') limit = slots.one(value, normaliseCount, at(option), null)
    else if (option === 'offset') offset = slots.one(value, normaliseCount, at(option), null)
    else if (option === 'orderBy') order = parseOrder(value, members, visibility, at(option))
    else if (option === 'count') counts = parseCounts(value, model, deleted, context, at(option))
    else if (option === 'populate') {
      populated = parsePopulate(value, model, at(option), (end, node, where_) =>
        parseChild(end, node, deleted, context, where_),
      )
    }
  }

  const scope = edge ? visibleOver(visibility, edge, deleted) : visible(visibility, model, deleted)
  const { select, omit, reveal } = query
  const fields = shownFields(model, { select, omit, reveal }, populated.names, path)
  const { children } = populated
  return {
    node: { model, fields, scope, where, order, limit, offset, counts, children, lock: null, deleted },
    strategy: parseStrategy(query['strategy'], at('strategy')),
  }
}

function parseChild(
  edge: Edge,
  value: unknown,
  around: Deleted,
  context: QueryContext,
  path: string,
): DraftChild {
  if (value !== true && !isPlainObject(value)) return refuseShape(path, 'true or a query object', value)
  const list = edge.many && edge.set
  const place: Place = {
    model: edge.to,
    edge,
    members: targetMembers(edge),
    options: list ? many : one,
    words: `the ${list ? 'to-many' : 'to-one'} end "${edge.path.join('.')}"`,
    path,
    around,
  }
  const { node, strategy } = parseNode(value === true ? {} : value, place, context)
  const latest = severalMayHold(edge, node.deleted) ? (deletedAtOf(edge.to) ?? null) : null
  const order = latest ? [byField(latest)] : node.order
  return {
    edge,
    path: edge.path,
    link: [...edge.payload.values()].filter((field) => !field.hidden),
    node: order.length === 0 ? node : { ...node, order: complete(order, edge.to) },
    forced: strategy,
    at: path,
    latest,
  }
}

/** A target that refers back is the only one among the live (R8); deleted ones may refer to the same record. */
function severalMayHold(edge: Edge, deleted: Deleted): boolean {
  if (edge.many || deleted === 'exclude') return false
  return edge.fromKey.many || edge.toKey.paths[0]?.[0] !== edge.to.id?.name
}

/** Every order ends with the id, so that it is total (R9). */
function complete(order: readonly OrderTerm[], model: Model): readonly OrderTerm[] {
  const { id } = model
  if (!id) return order
  const given = order.some((term) => term.via.length === 0 && 'field' in term.by && term.by.field === id)
  return given ? order : [...order, byField(id)]
}

const byField = (field: Field): OrderTerm => ({
  direction: 'asc',
  via: [],
  by: { of: 'record', path: [field.name], field },
})

const strategies: readonly string[] = ['join', 'aggregate', 'batch']

function parseStrategy(value: unknown, path: string): Strategy | null {
  if (value === undefined) return null
  if (typeof value !== 'string') return refuseShape(path, `'join', 'aggregate' or 'batch'`, value)
  if (strategies.includes(value)) return value as Strategy
  return unknownName('KIN_UNKNOWN_OPTION', {
    word: value,
    kind: 'strategy',
    where: '`strategy`',
    candidates: strategies,
    path,
  })
}

/** A condition of the engine's own (an id, a cursor) beside the caller's. */
export function restrict(parsed: ParsedQuery, where: Filter): ParsedQuery {
  return { ...parsed, node: { ...parsed.node, where: allOf(parsed.node.where, where) } }
}
