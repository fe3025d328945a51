/** What an abstract operation (a kind and a seed) means now, given what the oracle has stored. */
import type { ScalarDescription } from '../oracle/index.js'
import { answered } from './observed.js'
import { tell } from './ask.js'
import { type Call, writes } from './call.js'
import { linkCall, readHandleCall } from './random-link.js'
import type { RandomData } from './random-data.js'
import { randomPopulate, randomQuery, randomShape } from './random-query.js'
import { randomScalar } from './random-scalar.js'
import { type Query, randomWhere } from './random-where.js'

const FUTURE = Date.parse('9999-01-01T00:00:00.000Z')

type Draw = (data: RandomData, model: string) => Call

/** Calls by kind. The name of a kind says what `checkLaw` draws when it is asked for. */
const draws = {
  create: (data, model) => ({
    model,
    method: 'create',
    args: [data.record(model), ...sometimes(data, () => written(data, model))],
  }),
  createMany: (data, model) => ({
    model,
    method: 'createMany',
    args: [Array.from({ length: data.random.below(4) }, () => data.record(model, 1))],
  }),
  update: (data, model) => ({
    model,
    method: 'update',
    args: [data.id(model), data.changes(model), ...sometimes(data, () => updateOptions(data, model))],
  }),
  updateMany: (data, model) => ({
    model,
    method: 'updateMany',
    args: [{ where: randomWhere(data, model), data: data.sharedChanges(model) }],
  }),
  upsert: (data, model) => upsert(data, model),
  link: linkCall,
  embedded: (data, model) => embeddedCall(data, model),
  delete: (data, model) => ({ model, method: 'delete', args: [data.id(model), hardly(data)] }),
  deleteMany: (data, model) => ({ model, method: 'deleteMany', args: [deleteChoice(data, model)] }),
  planned: (data, model) => ({ model, method: 'planned', args: [data.id(model), hardly(data)] }),
  plan: (data, model) => ({ model, method: 'planDelete', args: [data.id(model), hardly(data)] }),
  restore: (data, model) => restoreCall(data, model),
  purge: (data) => ({
    model: '',
    method: 'purge',
    args: [{ before: new Date(data.random.chance(0.2) ? FUTURE : 0) }],
  }),
  find: (data, model) => findCall(data, model),
  walk: (data, model) => {
    const { limit: _limit, offset: _offset, ...query } = randomQuery(data, model)
    return { model, method: 'walk', args: [query, 1 + data.random.below(3)] }
  },
  stream: (data, model) => {
    const query = randomQuery(data, model)
    // There are no keyset pages of an order by $size.
    if (JSON.stringify(query['orderBy'])?.includes('$size')) delete query['orderBy']
    return { model, method: 'stream', args: [query, { batch: 1 + data.random.below(3) }] }
  },
  populate: (data, model) => {
    const ids = data.random.some([...(data.oracle.world.records[model]?.keys() ?? [])], 4)
    const records = ids.map((id) => ({ id, own: 'kept' }))
    return { model, method: 'populate', args: [records, randomPopulate(data, model, 0)] }
  },
  read: readHandleCall,
  scoped: (data, model) => scopedCall(data, model),
  transaction: (data) => transactionCall(data),
} as const satisfies Record<string, Draw>

export type Kind = keyof typeof draws

/** Every kind, as often as it deserves. */
export const KINDS: readonly Kind[] = [
  ...(Object.keys(draws) as Kind[]),
  ...(['create', 'update', 'update', 'link', 'link', 'link', 'find', 'find', 'find'] as const),
]

export function randomCall(kind: Kind, data: RandomData, model = data.model()): Call {
  return draws[kind](data, model)
}

function sometimes<T>(data: RandomData, make: () => T): T[] {
  return data.random.chance(0.3) ? [make()] : []
}

/** The shape of a record that a write returns. */
function written(data: RandomData, model: string): Query {
  const { deleted: _deleted, ...shape } = randomShape(data, model, { depth: 1, end: null })
  return shape
}

function updateOptions(data: RandomData, model: string): Query {
  const versioned = data.described(model).version === true && data.random.chance(0.6)
  return { ...written(data, model), ...(versioned && { ifVersion: 1 + data.random.below(3) }) }
}

function upsert(data: RandomData, model: string): Call {
  const { random } = data
  const where = random.pick(uniqueKeys(data, model))()
  const plain = (given: Query): Query =>
    Object.fromEntries(Object.entries(given).filter(([name, value]) => isFlat(data, model, name, value)))
  const create = plain(data.record(model, 2))
  if (random.chance(0.5))
    return {
      model,
      method: 'findOrCreate',
      args: [{ where: randomWhere(data, model), create: data.record(model, 1) }],
    }
  for (const name of Object.keys(where)) if (random.chance(0.9)) delete create[name]
  return { model, method: 'upsert', args: [{ where, create, update: plain(data.changes(model)) }] }
}

/** The id, and values of unique fields. */
function uniqueKeys(data: RandomData, model: string): (() => Query)[] {
  const { fields, unique = [] } = data.described(model)
  const value = (name: string) => [name, randomScalar(data.random, fields[name] as ScalarDescription)]
  const slug = fields['slug'] ? [['slug']] : []
  return [
    () => ({ id: data.id(model) }),
    ...[...slug, ...unique].map((names) => () => Object.fromEntries(names.map(value)) as Query),
  ]
}

/** R33: no nested data. */
function isFlat(data: RandomData, model: string, name: string, value: unknown): boolean {
  const field = data.described(model).fields[name]
  if (name === 'id') return true
  if (field === undefined || field.kind === 'many') return false
  return field.kind !== 'one' || typeof value !== 'object' || value === null || !('$create' in value)
}

const hardly = (data: RandomData): Query => (data.random.chance(0.6) ? {} : { hard: true })

function deleteChoice(data: RandomData, model: string): Query {
  const { random } = data
  const ids = () => Array.from({ length: random.below(4) }, () => data.id(model))
  const choice = random.pick<() => Query>([
    () => ({ where: randomWhere(data, model, 1) }),
    () => ({ ids: ids() }),
    () => ({ ids: ids(), where: randomWhere(data, model, 1) }),
  ])()
  return { ...choice, ...hardly(data) }
}

/** Mostly of a record that is soft-deleted. */
function restoreCall(data: RandomData, model: string): Call {
  const buried = Object.entries(data.oracle.world.records).flatMap(([name, records]) =>
    [...records.values()].filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => ({ name, id })),
  )
  if (buried.length === 0 || data.random.chance(0.05)) {
    return { model, method: 'restore', args: [data.id(model)] }
  }
  const { name, id } = data.random.pick(buried)
  return { model: name, method: 'restore', args: [id] }
}

function findCall(data: RandomData, model: string): Call {
  const query = (): Query => randomQuery(data, model)
  return data.random.pick<() => Call>([
    () => ({ model, method: 'find', args: [query()] }),
    () => ({ model, method: 'find', args: [query()] }),
    () => ({ model, method: 'findOne', args: [query()] }),
    () => ({ model, method: 'findById', args: [data.id(model), randomShape(data, model)] }),
    () => ({ model, method: 'count', args: [{ where: randomWhere(data, model), deleted: 'include' }] }),
    () => ({ model, method: 'exists', args: [{ where: randomWhere(data, model) }] }),
  ])()
}

function embeddedCall(data: RandomData, model: string): Call {
  const { random } = data
  const arrays = Object.entries(data.described(model).fields).flatMap(([name, field]) =>
    field.kind === 'array' && field.item.kind === 'object' ? [{ name, field }] : [],
  )
  if (arrays.length === 0) return findCall(data, model)
  const { name, field } = random.pick(arrays)
  const at = { id: data.id(model), end: name, kind: 'array' } as const
  const where = random.pick<() => Query>([
    () => ({ n: { $gte: random.below(3) } }),
    () => ({ n: random.below(3) }),
    () => ({ ref: null }),
    () => ({}),
  ])()
  const [one = {}] = data.elements(field) as Query[]
  return random.pick<() => Call>([
    () => ({ model, at, method: 'push', args: [data.elements(field)] }),
    () => ({ model, at, method: 'update', args: [where, random.chance(0.5) ? { n: random.below(5) } : one] }),
    () => ({ model, at, method: 'remove', args: [where] }),
  ])()
}

/** A read by a caller who may not see everything. */
function scopedCall(data: RandomData, model: string): Call {
  const { random } = data
  const kind = random.pick(['find', 'find', 'walk', 'stream', 'populate', 'read'] as const)
  const limited = random.some(Object.keys(data.graph.models), 2)
  const scopes = Object.fromEntries([...limited, model].map((name) => [name, randomWhere(data, name, 1)]))
  return { ...draws[kind](data, model), scopes }
}

/** What a transaction cannot do. */
const WHOLE = new Set<string>(['transaction', 'purge', 'scoped'] satisfies Kind[])

/** Some calls as one. What each means depends on those before it, so the transaction is rehearsed on the oracle. */
function transactionCall(data: RandomData): Call {
  const { random, oracle } = data
  const kinds = Object.keys(draws).filter((kind) => !WHOLE.has(kind)) as Kind[]
  const calls: Call[] = []
  answered(() =>
    oracle.transaction(() => {
      for (let left = 1 + random.below(4); left > 0; left--) {
        const call = randomCall(random.pick(kinds), data)
        calls.push(call)
        tell(oracle, call)
      }
      throw new Error('rehearsed')
    }),
  )
  const more = calls.some(writes) ? [] : [randomCall('create', data)]
  return {
    model: '',
    method: 'transaction',
    args: [[...calls, ...more], random.chance(0.2) ? 'abandon' : 'commit'],
  }
}
