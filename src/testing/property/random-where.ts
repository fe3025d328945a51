/** Random filters over fields and associations. */
import type { FieldDescription } from '../oracle/index.js'
import type { RandomData } from './random-data.js'
import { type End, hasPayload } from './random-ends.js'
import { randomScalar } from './random-scalar.js'

export type Query = Record<string, unknown>

/** Kinds that have an order. */
export const COMPARED = new Set(['string', 'text', 'integer', 'bigint', 'number', 'decimal', 'date', 'enum'])
const DEEPEST = 2

export function randomWhere(data: RandomData, model: string, depth = 0): Query {
  const { random } = data
  if (depth < DEEPEST && random.chance(0.25)) {
    const part = () => randomWhere(data, model, depth + 1)
    return random.pick<() => Query>([
      () => ({ $and: [part(), part()] }),
      () => ({ $or: [part(), part()] }),
      () => ({ $not: part() }),
    ])()
  }
  const where: Query = {}
  for (const [name, field] of random.some(Object.entries(data.described(model).fields), 2)) {
    const test = fieldTest(data, field, depth)
    if (test !== undefined) where[name] = test
  }
  if (random.chance(0.1)) where['id'] = idTest(data, model)
  for (const end of random.some(data.ends(model), 1)) where[end.name] = endTest(data, end, depth)
  return where
}

function idTest(data: RandomData, model: string): unknown {
  const id = () => data.id(model)
  return data.random.pick<() => unknown>([
    id,
    () => ({ $in: [id(), id()] }),
    () => ({ $ne: id() }),
    () => ({ $gt: id() }),
    () => ({ $not: { $lte: id() } }),
  ])()
}

/** Undefined for ends, which are tested by themselves. */
function fieldTest(data: RandomData, field: FieldDescription, depth: number): unknown {
  const { random } = data
  switch (field.kind) {
    case 'many':
    case 'one':
      return undefined
    case 'array':
      return random.chance(0.1) && field.optional
        ? random.pick<unknown>([null, { $exists: true }])
        : arrayTest(data, field, depth)
    case 'object':
      return random.pick<() => unknown>([
        () => membersTest(data, field.fields, depth),
        () => null,
        () => ({ $exists: random.chance(0.5) }),
        () => ({ $exists: true, ...membersTest(data, field.fields, depth) }),
      ])()
    default:
      return scalarTest(data, field)
  }
}

function arrayTest(
  data: RandomData,
  { item }: Extract<FieldDescription, { kind: 'array' }>,
  depth: number,
): unknown {
  const { random } = data
  const size = (): Query => ({ $size: random.pick<unknown>([random.below(3), { $gt: 0 }, { $lte: 1 }]) })
  if (item.kind !== 'object' && item.kind !== 'one') {
    return random.chance(0.5) ? { $contains: randomScalar(random, item) } : size()
  }
  const inside = () =>
    item.kind === 'one' ? referenceTest(data, item.target, depth) : membersTest(data, item.fields, depth)
  const test = random.pick<() => Query>([
    () => ({ $some: inside() }),
    () => ({ $every: inside() }),
    () => ({ $none: inside() }),
    size,
  ])()
  return random.chance(0.1) ? { $not: test } : test
}

/** A filter on the members of an embedded object or element. */
function membersTest(
  data: RandomData,
  fields: Readonly<Record<string, FieldDescription>>,
  depth: number,
): Query {
  const where: Query = {}
  for (const [name, field] of data.random.some(Object.entries(fields), 2)) {
    const test =
      field.kind === 'one' ? referenceTest(data, field.target, depth) : fieldTest(data, field, depth)
    if (test !== undefined) where[name] = test
  }
  return where
}

function scalarTest(
  data: RandomData,
  field: Exclude<FieldDescription, { kind: 'one' | 'many' | 'array' | 'object' }>,
): unknown {
  const { random } = data
  const value = () => randomScalar(random, field)
  const tests: (() => unknown)[] = [
    value,
    () => ({ $ne: value() }),
    () => null,
    () => ({ $exists: random.chance(0.5) }),
  ]
  if (field.kind !== 'json') {
    tests.push(
      () => ({ $in: [value(), value(), null] }),
      () => ({ $nin: [value()] }),
      () => ({ $in: [] }),
    )
  }
  if (COMPARED.has(field.kind)) {
    tests.push(
      () => ({ $gt: value() }),
      () => ({ $lte: value() }),
      () => ({ $not: { $gte: value() } }),
    )
  }
  if (field.kind === 'string' || field.kind === 'text') {
    tests.push(() => ({ $like: random.pick(['a%', '%B', '_', '%\\%', 'z\\_\\\\', '%', '_\n_']) }))
    tests.push(() => ({ $ilike: random.pick(['A%', '%b%', 'É']) }))
  }
  return random.pick(tests)()
}

/** A test of a stored id, or a filter on the target it leads to. */
function referenceTest(data: RandomData, target: string, depth: number): unknown {
  const id = () => data.id(target)
  return data.random.pick<() => unknown>([
    () => targetTest(data, target, depth),
    () => targetTest(data, target, depth),
    () => null,
    () => ({ $exists: data.random.chance(0.5) }),
    id,
    () => ({ $ne: id() }),
    () => ({ $in: [id(), id()] }),
    () => ({ $nin: [id(), null] }),
    () => ({ $not: targetTest(data, target, depth) }),
  ])()
}

const targetTest = (data: RandomData, target: string, depth: number): Query =>
  depth < DEEPEST ? randomWhere(data, target, depth + 1) : {}

function endTest(data: RandomData, end: End, depth: number): unknown {
  const { random } = data
  if (!end.many && end.holder) return referenceTest(data, end.target, depth)
  if (!end.many) {
    return random.pick<() => unknown>([
      () => targetTest(data, end.target, depth),
      () => null,
      () => ({ $exists: random.chance(0.5) }),
    ])()
  }
  const inside = (): Query => withLink(data, end, targetTest(data, end.target, depth))
  const tests: (() => Query)[] = [
    () => ({ $some: inside() }),
    () => ({ $every: inside() }),
    () => ({ $none: inside() }),
    () => ({ $size: random.pick<unknown>([random.below(3), { $gte: 1 }]) }),
  ]
  if (end.oneSided) tests.push(() => ({ $contains: data.id(end.target) }))
  const test = random.pick(tests)()
  return random.chance(0.1) ? { $not: test } : test
}

/** Sometimes with a condition on the pairing's payload. */
export function withLink(data: RandomData, end: End, where: Query): Query {
  if (!hasPayload(end) || !data.random.chance(0.4)) return where
  return { ...where, $link: membersTest(data, end.payload, DEEPEST) }
}
