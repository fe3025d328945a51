/** Filters: a `where` becomes a test of one record. Two-valued throughout (R2). */
import { fail, unknownName } from '../../errors/index.js'
import { compareScalar } from './compare-scalar.js'
import { type End, type Field, type Fields, type Graph, type Id, type Members, modelOf } from './graph.js'
import { quantify } from './quantify.js'
import { isPlain, normaliseId } from './values.js'
import { type Entry, entriesAt, isLive, liveEntriesAt, recordOf, view, type World } from './world.js'

/** Whether a filter holds for a record (its members) and the payload of the pairing that led to it. */
export type Test = (world: World, members: Members, payload: Members | null) => boolean
/** Whether a condition holds for one value. */
type ValueTest = (world: World, value: unknown) => boolean
/** Whether a condition holds for an end of the record with this id. */
type EndTest = (world: World, id: Id) => boolean

const EQUALITY = ['$eq', '$ne', '$in', '$nin', '$exists']

/** Where a filter is applied: the names it may use. */
interface Place {
  readonly graph: Graph
  readonly fields: Fields
  readonly ends: ReadonlyMap<string, End>
  readonly payload: Fields | null
}

/** @param payload the payload fields of the association that leads to the model */
export function compileWhere(
  graph: Graph,
  name: string,
  payload: Fields | null,
  where: unknown,
  path: string,
): Test {
  const model = modelOf(graph, name)
  const fields = { ...model.fields, ...model.system }
  return compileFilter({ graph, fields, ends: model.ends, payload }, where, path)
}

function compileFilter(place: Place, where: unknown, path: string): Test {
  if (!isPlain(where)) return fail('KIN_INVALID_QUERY', { path, message: 'A filter is an object.' })
  // Several keys are ANDed, so that none match everything; a key given as undefined is not given (R1).
  const tests = Object.entries(where)
    .filter(([, condition]) => condition !== undefined)
    .map(([key, condition]) => compileKey(place, key, condition, `${path}.${key}`))
  return (...subject) => tests.every((test) => test(...subject))
}

function compileKey(place: Place, key: string, condition: unknown, path: string): Test {
  if (key === '$and' || key === '$or') {
    if (!Array.isArray(condition)) return fail('KIN_INVALID_QUERY', { path, message: `${key} takes a list.` })
    const tests = condition.map((part, index) => compileFilter(place, part, `${path}[${index}]`))
    return key === '$and'
      ? (...subject) => tests.every((test) => test(...subject))
      : (...subject) => tests.some((test) => test(...subject))
  }
  if (key === '$not') {
    const test = compileFilter(place, condition, path)
    return (...subject) => !test(...subject)
  }
  if (key === '$link' && place.payload !== null) {
    const test = compileObject(place.graph, place.payload, condition, path)
    return (world, _members, payload) => test(world, payload)
  }
  const end = place.ends.get(key)
  if (end?.many || end?.side === 'inverse') {
    const compile = end.many ? compileList : compileInverseOne
    const test = compile(place.graph, end, condition, path)
    return (world, members) => test(world, members['id'] as Id)
  }
  const field = place.fields[key] ?? unknownKey(place, key, path)
  const test = compileField(place.graph, field, condition, path)
  return (world, members) => test(world, members[key] ?? null)
}

function unknownKey(place: Place, word: string, path: string): never {
  const operator = word.startsWith('$')
  return unknownName(operator ? 'KIN_UNKNOWN_OPERATOR' : 'KIN_UNKNOWN_FIELD', {
    word,
    kind: operator ? 'operator' : 'field',
    where: 'this filter',
    candidates: [...Object.keys(place.fields), ...place.ends.keys(), '$and', '$or', '$not', '$link'],
    path,
  })
}

/** A condition on a value that is part of the record, or on one element of an embedded array. */
export function compileField(graph: Graph, field: Field, condition: unknown, path: string): ValueTest {
  switch (field.kind) {
    case 'object':
      return withPresence(condition, path, (inside) => compileObject(graph, field.fields, inside, path))
    case 'array':
      return withPresence(condition, path, (inside) => compileArray(graph, field.item, inside, path))
    case 'one':
      return compileReference(graph, field.target, condition, path)
    default: {
      const test = compareScalar(field, condition, path)
      return (_world, value) => test(value)
    }
  }
}

/** `null` and `$exists` ask whether the whole is there; everything else looks inside. */
function withPresence(condition: unknown, path: string, compile: (inside: unknown) => ValueTest): ValueTest {
  if (condition === null) return (_world, value) => value === null
  if (!isPlain(condition) || condition['$exists'] === undefined) return compile(condition)
  const { $exists: wanted, ...inside } = condition
  if (typeof wanted !== 'boolean') return fail('KIN_INVALID_QUERY', { path })
  const test = compile(inside)
  return (world, value) => (value !== null) === wanted && test(world, value)
}

/** R1: what is missing reads as null, so the members of a null object are null. */
function compileObject(graph: Graph, fields: Fields, condition: unknown, path: string): ValueTest {
  const test = compileFilter({ graph, fields, ends: new Map(), payload: null }, condition, path)
  return (world, value) => test(world, (value ?? {}) as Members, null)
}

/** R6: `$contains` for scalars, `$some`, `$every` and `$none` for objects and references. A null array is empty. */
function compileArray(graph: Graph, item: Field, condition: unknown, path: string): ValueTest {
  const elements = (value: unknown): unknown[] => (value ?? []) as unknown[]
  const scalar = item.kind !== 'object' && item.kind !== 'one' && item.kind !== 'array'
  return quantify<unknown, unknown>(
    {
      elements: (_world, value) => elements(value),
      element: scalar ? null : (part, at) => compileField(graph, item, part, at),
      contains: scalar
        ? (part, at) => {
            const test = compareScalar(item, { $eq: notNull(part, at) }, at)
            return (_world, value) => elements(value).some(test)
          }
        : null,
    },
    condition,
    path,
  )
}

function notNull(value: unknown, path: string): unknown {
  if (value !== null) return value
  return fail('KIN_INVALID_VALUE', { path, details: { expected: 'a value', received: 'null' } })
}

/** R20: an id, null and operators of equality compare what is stored. */
function compileReference(graph: Graph, target: string, condition: unknown, path: string): ValueTest {
  const leaf = { kind: 'id', idKind: modelOf(graph, target).idKind } as const
  return compileToOne(graph, target, condition, path, {
    stored: (part, at) => {
      const test = compareScalar(leaf, part, at, [...EQUALITY, '$not'])
      return (_world, value) => test(value)
    },
    targetOf: (_world, value) => value as Id | null,
  })
}

/** The inverse of a one-one has no id of its own to compare: `null` is "has none visible". */
function compileInverseOne(graph: Graph, end: End, condition: unknown, path: string): EndTest {
  const holderOf = (world: World, id: Id): Id | null => liveEntriesAt(world, end, id)[0]?.id ?? null
  const leaf = { kind: 'id', idKind: modelOf(graph, end.target).idKind } as const
  return compileToOne<Id>(graph, end.target, condition, path, {
    stored: (part, at) => {
      if (part !== null && !isPlain(part)) return fail('KIN_INVALID_QUERY', { path: at })
      const test = compareScalar(leaf, part, at, ['$exists', '$not'])
      return (world, id) => test(holderOf(world, id))
    },
    targetOf: holderOf,
  })
}

interface ToOne<S> {
  /** compiles a condition on the stored id */
  readonly stored: (condition: unknown, path: string) => (world: World, subject: S) => boolean
  readonly targetOf: (world: World, subject: S) => Id | null
}

/**
 * Operators of equality compare the id; everything else together is a filter on the target, true only for a live
 * target that matches (R2). `$not` of a filter belongs to that filter, `$not` of a comparison to the comparison.
 */
function compileToOne<S>(
  graph: Graph,
  target: string,
  condition: unknown,
  path: string,
  { stored, targetOf }: ToOne<S>,
): (world: World, subject: S) => boolean {
  if (!isPlain(condition)) return stored(condition, path)
  const given = Object.entries(condition).filter(([, part]) => part !== undefined)
  const comparesId = ([key, part]: [string, unknown]): boolean =>
    key === '$not' ? !isFilter(part) : EQUALITY.includes(key)
  const tests = given.filter(comparesId).map(([key, part]) => stored({ [key]: part }, path))
  const nested = given.filter((entry) => !comparesId(entry))
  if (nested.length > 0 || given.length === 0) {
    const test = compileWhere(graph, target, null, Object.fromEntries(nested), path)
    tests.push((world, subject) =>
      testLive(graph, world, test, target, { id: targetOf(world, subject), pair: null }),
    )
  }
  return (world, subject) => tests.every((test) => test(world, subject))
}

/** A filter of the target, as opposed to an id or operators that compare one. */
function isFilter(value: unknown): boolean {
  if (!isPlain(value)) return false
  return Object.entries(value).every(([key, part]) =>
    key === '$not' ? isFilter(part) : !EQUALITY.includes(key),
  )
}

/** R20: quantifiers see live targets, `$contains` sees the raw ids that a one-sided list shows. */
function compileList(graph: Graph, end: End, condition: unknown, path: string): EndTest {
  const { payload } = end.association
  const { idKind } = modelOf(graph, end.target)
  return quantify<Id, Entry>(
    {
      elements: (world, id) => liveEntriesAt(world, end, id),
      element: (part, at) => {
        const test = compileWhere(graph, end.target, payload, part, at)
        return (world, entry) => testLive(graph, world, test, end.target, entry)
      },
      contains: modelOf(graph, end.model).lists.has(end.name)
        ? (part, at) => {
            const wanted = normaliseId(idKind, notNull(part, at))
            return (world, id) => entriesAt(world, end, id).some((entry) => entry.id === wanted)
          }
        : null,
    },
    condition,
    path,
  )
}

function testLive(
  graph: Graph,
  world: World,
  test: Test,
  target: string,
  entry: { readonly id: Id | null; readonly pair: Entry['pair'] },
): boolean {
  const stored = recordOf(world, target, entry.id)
  if (stored === null || !isLive(world, target, stored.id)) return false
  return test(world, view(modelOf(graph, target), stored), entry.pair?.payload ?? null)
}
