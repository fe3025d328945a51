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

const ID_OPERATORS = ['$eq', '$ne', '$in', '$nin', '$exists']
const idExpected = { expected: 'an id', received: 'null' }

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
      return nullTest(condition, path) ?? compileObject(graph, field.fields, condition, path)
    case 'array':
      return nullTest(condition, path) ?? compileArray(graph, field.item, condition, path)
    case 'one':
      return compileReference(graph, field.target, condition, path)
    default: {
      const test = compareScalar(field, condition, path)
      return (_world, value) => test(value)
    }
  }
}

/** `null` and `{ $exists }` ask whether the whole is there; anything else looks inside. */
function nullTest(condition: unknown, path: string): ValueTest | null {
  if (condition === null) return (_world, value) => value === null
  const wanted = isPlain(condition) ? condition['$exists'] : undefined
  if (wanted === undefined) return null
  if (typeof wanted !== 'boolean' || !onlyKey(condition, '$exists'))
    return fail('KIN_INVALID_QUERY', { path })
  return (_world, value) => (value !== null) === wanted
}

function onlyKey(condition: unknown, key: string): boolean {
  const keys = isPlain(condition) ? Object.keys(condition).filter((k) => condition[k] !== undefined) : []
  return keys.length === 1 && keys[0] === key
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
            const test = compareScalar(item, { $eq: part }, at)
            return (_world, value) => elements(value).some(test)
          }
        : null,
    },
    condition,
    path,
  )
}

/**
 * A reference: an id, null or operators compare what is stored (R20); anything else is a filter on the target, true
 * only for a live target that matches (R2). A `$not` inside it negates the filter on the target.
 */
function compileReference(graph: Graph, target: string, condition: unknown, path: string): ValueTest {
  if (!isPlain(condition) || isIdCondition(condition)) {
    const test = compareScalar(
      { kind: 'id', idKind: modelOf(graph, target).idKind },
      condition,
      path,
      ID_OPERATORS,
    )
    return (_world, value) => test(value)
  }
  const test = compileWhere(graph, target, null, condition, path)
  return (world, value) => testLive(graph, world, test, target, { id: value as Id | null, pair: null })
}

function isIdCondition(condition: Members): boolean {
  const keys = Object.keys(condition).filter((key) => condition[key] !== undefined)
  return keys.length > 0 && keys.every((key) => ID_OPERATORS.includes(key))
}

/** The inverse of a one-one: `null` is "has none visible". */
function compileInverseOne(graph: Graph, end: End, condition: unknown, path: string): EndTest {
  const visible = (world: World, id: Id): Entry[] => liveEntriesAt(world, end, id)
  const whole = nullTest(condition, path)
  if (whole !== null) return (world, id) => whole(world, visible(world, id)[0] ?? null)
  const test = compileWhere(graph, end.target, null, condition, path)
  return (world, id) => visible(world, id).some((entry) => testLive(graph, world, test, end.target, entry))
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
            if (part === null) return fail('KIN_INVALID_VALUE', { path: at, details: idExpected })
            const wanted = normaliseId(idKind, part)
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
