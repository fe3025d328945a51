/** Loading: a query becomes a node, and a node shows records, its populated ends and counts included. */
import { fail, unknownName } from '../../errors/index.js'
import { checkOptions, fieldsShown, type Query } from './fields-shown.js'
import { compileWhere, type Test } from './filter.js'
import {
  type End,
  type Field,
  type Fields,
  type Graph,
  type Id,
  type Members,
  type Model,
  modelOf,
} from './graph.js'
import { compareSubjects, compileOrder, type Term } from './order.js'
import { compareIds, isPlain } from './values.js'
import { entriesAt, type Entry, recordOf, type Stored, view, type World } from './world.js'

export type Mode = 'exclude' | 'include' | 'only'

export interface Node {
  readonly model: Model
  /** null: the parent's (R20) */
  readonly mode: Mode | null
  readonly test: Test
  /** null: the list's own order */
  readonly order: readonly Term[] | null
  readonly offset: number
  readonly limit: number
  readonly show: (world: World, stored: Stored, mode: Mode) => Members
}

/** Adds what is populated or counted to a shown record. */
export type Decorate = (world: World, stored: Stored, mode: Mode, shown: Members) => void

const SHAPE = ['select', 'omit', 'reveal', 'populate', 'count']
const TO_ONE = [...SHAPE, 'where', 'deleted', 'strategy']
const TO_MANY = [...TO_ONE, 'orderBy', 'limit', 'offset']
/** The options that each place takes. */
export const OPTIONS = {
  find: [...TO_MANY, 'signal'],
  byId: [...SHAPE, 'deleted', 'strategy', 'signal'],
  written: [...SHAPE, 'signal'],
  toOne: TO_ONE,
  toMany: TO_MANY,
  count: ['where', 'deleted'],
}

interface Context {
  readonly path: string
  readonly options: readonly string[]
  readonly payload?: Fields | null
  /** 'inherit' has a parent to take the mode from */
  readonly nested?: boolean
}

export function compileNode(graph: Graph, name: string, query: Query, context: Context): Node {
  const { path, options, payload = null, nested = false } = context
  const model = modelOf(graph, name)
  checkOptions(query, options, path)
  const fields = fieldsShown(model, query, path)
  const decorations = [
    ...compilePopulate(graph, model, query['populate'], `${path}.populate`),
    ...compileCount(graph, model, query['count'], `${path}.count`),
  ]
  return {
    model,
    mode: modeOf(query['deleted'], nested, path),
    test: compileWhere(graph, name, payload, query['where'] ?? {}, `${path}.where`),
    order: compileOrder(graph, name, payload, query['orderBy'], `${path}.orderBy`),
    offset: naturalOf(query['offset'], `${path}.offset`) ?? 0,
    limit: naturalOf(query['limit'], `${path}.limit`) ?? Infinity,
    show: (world, stored, mode) => {
      const members = shownMembers(world, model, stored)
      const shown: Members = structuredClone(
        Object.fromEntries(fields.map((field) => [field, members[field]])),
      )
      for (const decorate of decorations) decorate(world, stored, mode, shown)
      return shown
    },
  }
}

/** Everything a record can show by itself: its members and the raw ids of its one-sided lists (R20). */
export function shownMembers(world: World, model: Model, stored: Stored): Members {
  const lists = [...model.lists].map(([name, end]) => [
    name,
    entriesAt(world, end, stored.id).map((entry) => entry.id),
  ])
  return { ...view(model, stored), ...Object.fromEntries(lists) }
}

function modeOf(deleted: unknown, nested: boolean, path: string): Mode | null {
  if (deleted === undefined) return 'exclude'
  if (deleted === 'exclude' || deleted === 'include' || deleted === 'only') return deleted
  if (deleted === 'inherit' && nested) return null
  return fail('KIN_INVALID_QUERY', { path: `${path}.deleted` })
}

export function naturalOf(value: unknown, path: string): number | undefined {
  if (value === undefined) return undefined
  const natural = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  if (natural) return value
  const details = { expected: 'a whole number, 0 or more', received: typeof value }
  return fail('KIN_INVALID_VALUE', { path, details })
}

/** One record of a list, with the payload of the pairing that led to it. */
export interface Found {
  readonly stored: Stored
  readonly payload: Members | null
}

/** The entries that a node sees, filtered and in its order. Without an order they keep the one they come in (R9, R10). */
export function matching(world: World, node: Node, entries: readonly Entry[], mode: Mode): Found[] {
  const found = entries.flatMap((entry) => {
    const stored = recordOf(world, node.model.name, entry.id)
    const payload = entry.pair?.payload ?? null
    if (stored === null || !isSeen(stored, mode)) return []
    return node.test(world, view(node.model, stored), payload) ? [{ stored, payload }] : []
  })
  const { order } = node
  if (order === null) return found
  const valuesOf = ({ stored, payload }: Found): unknown[] =>
    order.map((term) => term.value(world, view(node.model, stored), payload))
  return found.sort((a, b) => compareSubjects(order, valuesOf(a), valuesOf(b)))
}

function isSeen(stored: Stored, mode: Mode): boolean {
  return mode === 'include' || (stored.deletedAt === null) === (mode === 'exclude')
}

/** The list of a to-many end as a node shows it. Filter, order and limit are per parent (design §4). */
export function showList(world: World, node: Node, end: End, id: Id, mode: Mode): Members[] {
  return matching(world, node, entriesAt(world, end, id), mode)
    .slice(node.offset, node.offset + node.limit)
    .map(({ stored, payload }) => ({
      ...node.show(world, stored, mode),
      ...(end.association.payload !== null && { $link: structuredClone(payload) }),
    }))
}

/** The one record of a to-one end as a node shows it, or null. */
export function showOne(world: World, node: Node, end: End, id: Id, mode: Mode): Members | null {
  const entries = end.side === 'holder' ? entriesAt(world, end, id) : currentHolder(world, end, id, mode)
  const found = matching(world, node, entries, mode)[0]
  return found === undefined ? null : node.show(world, found.stored, mode)
}

/** R8: the inverse of a one-one is the live holder, else the one deleted last. */
function currentHolder(world: World, end: End, id: Id, mode: Mode): Entry[] {
  const rank = (entry: Entry): number =>
    recordOf(world, end.target, entry.id)?.deletedAt?.getTime() ?? Infinity
  const seen = entriesAt(world, end, id).filter((entry) => {
    const stored = recordOf(world, end.target, entry.id)
    return stored !== null && isSeen(stored, mode)
  })
  return seen.sort((a, b) => (rank(a) === rank(b) ? compareIds(b.id, a.id) : rank(b) - rank(a))).slice(0, 1)
}

export function compilePopulate(graph: Graph, model: Model, tree: unknown, path: string): Decorate[] {
  return entriesOf(tree, path).map(([name, options]): Decorate => {
    const at = `${path}.${name}`
    const end = model.ends.get(name)
    const field = model.fields[name]
    if (end === undefined) {
      if (field === undefined) return unknownEnd(name, model.name, model.ends.keys(), at)
      const fill = compileEmbedded(graph, field, options, at)
      return (world, stored, mode, shown) => {
        shown[name] = fill(world, structuredClone(stored.values[name] ?? null), mode)
      }
    }
    const { payload } = end.association
    const allowed = end.many ? OPTIONS.toMany : OPTIONS.toOne
    const context = { path: at, options: allowed, payload: end.many ? payload : null, nested: true }
    const node = compileNode(graph, end.target, nodeQuery(options, at), context)
    const show = end.many ? showList : showOne
    return (world, stored, mode, shown) => {
      shown[name] = show(world, node, end, stored.id, node.mode ?? mode)
    }
  })
}

type Fill = (world: World, value: unknown, mode: Mode) => unknown

/**
 * References inside embedded structures: other members are kept; a hidden or missing target of a member is null, and
 * in an array of references it is left out, repetitions kept (R12).
 */
function compileEmbedded(graph: Graph, field: Field, tree: unknown, path: string): Fill {
  if (field.kind === 'one') {
    const context = { path, options: OPTIONS.toOne, nested: true }
    const node = compileNode(graph, field.target, nodeQuery(tree, path), context)
    return (world, value, parent) => {
      const mode = node.mode ?? parent
      const found =
        value === null ? undefined : matching(world, node, [{ id: value as Id, pair: null }], mode)[0]
      return found === undefined ? null : node.show(world, found.stored, mode)
    }
  }
  if (field.kind === 'array') {
    const { item } = field
    const fill = compileEmbedded(graph, item, tree, path)
    return (world, value, mode) => {
      const filled = (value as unknown[] | null)?.map((element) => fill(world, element, mode)) ?? null
      return item.kind === 'one' ? (filled?.filter((element) => element !== null) ?? null) : filled
    }
  }
  if (field.kind !== 'object') return unknownEnd(path, 'this place', [], path)
  const fills = entriesOf(tree, path).map(([name, part]): [string, Fill] => {
    const member = field.fields[name] ?? unknownEnd(name, path, Object.keys(field.fields), path)
    return [name, compileEmbedded(graph, member, part, `${path}.${name}`)]
  })
  return (world, value, mode) => {
    if (value === null) return null
    const members = value as Members
    return {
      ...members,
      ...Object.fromEntries(fills.map(([name, fill]) => [name, fill(world, members[name] ?? null, mode)])),
    }
  }
}

/** R20: `$count` sees live targets, or those of the mode it is given. */
export function compileCount(graph: Graph, model: Model, tree: unknown, path: string): Decorate[] {
  const counts = entriesOf(tree, path).map(([name, options]) => {
    const at = `${path}.${name}`
    const end = model.ends.get(name)
    if (end === undefined) return unknownEnd(name, model.name, model.ends.keys(), at)
    if (!end.many) return fail('KIN_INVALID_QUERY', { path: at, message: 'There is nothing to count.' })
    const context = { path: at, options: OPTIONS.count, payload: end.association.payload, nested: true }
    return { name, end, node: compileNode(graph, end.target, nodeQuery(options, at), context) }
  })
  if (tree === undefined) return []
  return [
    (world, stored, mode, shown) => {
      shown['$count'] = Object.fromEntries(
        counts.map(({ name, end, node }) => [
          name,
          matching(world, node, entriesAt(world, end, stored.id), node.mode ?? mode).length,
        ]),
      )
    },
  ]
}

function nodeQuery(options: unknown, path: string): Query {
  if (options === true) return {}
  return isPlain(options)
    ? options
    : fail('KIN_INVALID_QUERY', { path, message: 'true, or an object of options.' })
}

function entriesOf(tree: unknown, path: string): [string, unknown][] {
  if (tree === undefined) return []
  if (!isPlain(tree)) return fail('KIN_INVALID_QUERY', { path, message: 'An object with the names of ends.' })
  return Object.entries(tree).filter(([, part]) => part !== undefined)
}

function unknownEnd(word: string, where: string, candidates: Iterable<string>, path: string): never {
  return unknownName('KIN_UNKNOWN_ASSOCIATION', { word, kind: 'association', where, candidates, path })
}
