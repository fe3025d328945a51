/** Orders: an `orderBy` becomes a list of terms, always completed with `id` (R9). */
import { fail, unknownName } from '../../errors/index.js'
import {
  type End,
  type Field,
  type Fields,
  type Graph,
  type Id,
  type Leaf,
  type Members,
  modelOf,
} from './graph.js'
import { compare, isPlain } from './values.js'
import { liveEntriesAt, recordOf, view, type World } from './world.js'

type Value = (world: World, members: Members, payload: Members | null) => unknown

export interface Term {
  readonly value: Value
  /** of two values of this term, with its direction */
  readonly compare: (a: unknown, b: unknown) => number
  /** counts the targets of an end; a cursor cannot carry it (R11) */
  readonly counts: boolean
}

/** Names that an order may use. */
interface Place {
  readonly graph: Graph
  readonly fields: Fields
  readonly ends: ReadonlyMap<string, End>
  readonly payload: Fields | null
}

/** @returns the terms, completed with `id`; null where no order is asked for */
export function compileOrder(
  graph: Graph,
  name: string,
  payload: Fields | null,
  orderBy: unknown,
  path: string,
): Term[] | null {
  if (orderBy === undefined) return null
  const terms = (Array.isArray(orderBy) ? orderBy : [orderBy]).flatMap((part: unknown) =>
    compileTerms(placeOf(graph, name, payload), part, path),
  )
  return terms.length === 0 ? null : [...terms, idTerm(graph, name)]
}

export function idTerm(graph: Graph, name: string): Term {
  return leafTerm({ kind: 'id', idKind: modelOf(graph, name).idKind }, 'id', 1)
}

export function compareSubjects(
  terms: readonly Term[],
  a: readonly unknown[],
  b: readonly unknown[],
): number {
  const orders = terms.map((term, index) => term.compare(a[index], b[index]))
  return orders.find((order) => order !== 0) ?? 0
}

function placeOf(graph: Graph, name: string, payload: Fields | null): Place {
  const model = modelOf(graph, name)
  return { graph, fields: { ...model.fields, ...model.system }, ends: model.ends, payload }
}

function compileTerms(place: Place, orderBy: unknown, path: string): Term[] {
  if (!isPlain(orderBy)) return fail('KIN_INVALID_QUERY', { path, message: 'An order is an object.' })
  return Object.entries(orderBy)
    .filter(([, part]) => part !== undefined)
    .flatMap(([key, part]) => compileKey(place, key, part, `${path}.${key}`))
}

function compileKey(place: Place, key: string, part: unknown, path: string): Term[] {
  const { graph } = place
  if (key === '$link' && place.payload !== null) {
    const terms = compileTerms({ graph, fields: place.payload, ends: new Map(), payload: null }, part, path)
    return terms.map((term) => through(term, (_world, _members, payload) => payload))
  }
  const end = place.ends.get(key)
  if (end?.many) return [sizeTerm(end, part, path)]
  if (end?.side === 'inverse') {
    return targetTerms(
      graph,
      end.target,
      part,
      path,
      (world, members) => liveEntriesAt(world, end, members['id'] as Id)[0]?.id ?? null,
    )
  }
  const field = place.fields[key]
  if (field === undefined) {
    return unknownName('KIN_UNKNOWN_FIELD', {
      word: key,
      kind: 'field',
      where: 'this order',
      candidates: [...Object.keys(place.fields), ...place.ends.keys()],
      path,
    })
  }
  if (field.kind === 'one' && isPlain(part)) {
    // A reference inside an embedded structure is ordered by its raw id only.
    if (end === undefined)
      return fail('KIN_INVALID_QUERY', { path, message: 'A direction is expected here.' })
    return targetTerms(
      graph,
      field.target,
      part,
      path,
      (_world, members) => (members[key] ?? null) as Id | null,
    )
  }
  if (field.kind === 'object') {
    const terms = compileTerms({ graph, fields: field.fields, ends: new Map(), payload: null }, part, path)
    return terms.map((term) => through(term, (_world, members) => (members[key] ?? null) as Members | null))
  }
  return [leafTerm(leafOf(graph, field, path), key, direction(part, path))]
}

/** The same term on another bag of members; null where there is none, e.g. for a hidden or missing target (R9). */
function through(
  term: Term,
  inner: (world: World, members: Members, payload: Members | null) => Members | null,
): Term {
  return {
    ...term,
    value: (world, members, payload) => {
      const reached = inner(world, members, payload)
      return reached === null ? null : term.value(world, reached, null)
    },
  }
}

/** Terms on the target of a to-one. R9: a hidden or missing target sorts as null. */
function targetTerms(
  graph: Graph,
  target: string,
  part: unknown,
  path: string,
  idOf: (world: World, members: Members) => Id | null,
): Term[] {
  const liveTarget = (world: World, members: Members): Members | null => {
    const stored = recordOf(world, target, idOf(world, members))
    return stored?.deletedAt === null ? view(modelOf(graph, target), stored) : null
  }
  return compileTerms(placeOf(graph, target, null), part, path).map((term) => through(term, liveTarget))
}

function leafTerm(leaf: Leaf, key: string, factor: 1 | -1): Term {
  return {
    value: (_world, members) => members[key] ?? null,
    compare: (a, b) => factor * compare(leaf, a, b),
    counts: false,
  }
}

function sizeTerm(end: End, part: unknown, path: string): Term {
  if (!isPlain(part) || Object.keys(part).join() !== '$size') {
    return fail('KIN_INVALID_QUERY', { path, message: 'A to-many end is ordered by { $size }.' })
  }
  const factor = direction(part['$size'], path)
  return {
    value: (world, members) => liveEntriesAt(world, end, members['id'] as Id).length,
    compare: (a, b) => factor * ((a as number) - (b as number)),
    counts: true,
  }
}

/** R6: json and arrays are opaque, and bytes have no order that all stores share. A reference sorts by its raw id. */
function leafOf(graph: Graph, field: Exclude<Field, { kind: 'object' }>, path: string): Leaf {
  if (field.kind === 'one') return { kind: 'id', idKind: modelOf(graph, field.target).idKind }
  if (field.kind === 'array' || field.kind === 'json' || field.kind === 'binary') {
    return fail('KIN_INVALID_QUERY', { path, message: `A field of kind ${field.kind} has no order.` })
  }
  return field
}

function direction(part: unknown, path: string): 1 | -1 {
  if (part === 'asc') return 1
  if (part === 'desc') return -1
  return fail('KIN_INVALID_QUERY', { path, message: "A direction is 'asc' or 'desc'." })
}
