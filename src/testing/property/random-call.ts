/** What an abstract operation (a kind and a seed) means now, given what the oracle has stored. */
import type { Call } from './call.js'
import type { End, RandomData } from './random-data.js'
import { randomQuery, randomWhere } from './random-query.js'

export const KINDS = ['create', 'createMany', 'update', 'updateMany', 'link', 'link', 'embedded', 'delete', 'deleteMany', 'restore', 'find', 'find', 'read', 'plan'] as const
export type Kind = (typeof KINDS)[number]

export function randomCall(kind: Kind, data: RandomData): Call {
  const model = data.model()
  const { random } = data
  switch (kind) {
    case 'create':
      return { model, method: 'create', args: [data.record(model)] }
    case 'createMany':
      return { model, method: 'createMany', args: [Array.from({ length: random.below(4) }, () => data.record(model, 1))] }
    case 'update':
      return { model, method: 'update', args: [data.id(model), data.changes(model)] }
    case 'updateMany':
      return { model, method: 'updateMany', args: [{ where: randomWhere(data, model), data: { title: random.pick(['a', 'B']) } }] }
    case 'link':
      return linkCall(data, model)
    case 'embedded':
      return embeddedCall(data, model)
    case 'delete':
      return { model, method: 'delete', args: [data.id(model), { hard: random.chance(0.4) }] }
    case 'deleteMany':
      return { model, method: 'deleteMany', args: [{ where: randomWhere(data, model, 1), hard: random.chance(0.4) }] }
    case 'restore':
      return { model, method: 'restore', args: [buried(data, model)] }
    case 'plan':
      return { model, method: 'planDelete', args: [data.id(model), { hard: random.chance(0.4) }] }
    case 'read':
      return readCall(data, model)
    case 'find':
      return random.chance(0.8)
        ? { model, method: 'find', args: [randomQuery(data, model)] }
        : { model, method: 'count', args: [{ where: randomWhere(data, model) }] }
  }
}

/** Mostly a record that is soft-deleted. */
function buried(data: RandomData, model: string): unknown {
  const stored = [...(data.oracle.world.records[model]?.values() ?? [])].filter((record) => record.deletedAt !== null)
  return stored.length > 0 && data.random.chance(0.9) ? data.random.pick(stored).id : data.id(model)
}

function linkCall(data: RandomData, model: string): Call {
  const { random } = data
  const ends = data.ends(model)
  if (ends.length === 0) return { model, method: 'find', args: [{}] }
  const end = random.pick(ends)
  const at = { id: data.id(model), end: end.name, kind: end.many ? 'many' : 'one' } as const
  if (!end.many) {
    const target = random.chance(0.25) ? null : data.target(end.target, [], 2, end.fills)
    return random.chance(0.2)
      ? { model, at, method: 'create', args: [data.record(end.target, 2, end.fills)] }
      : { model, at, method: 'set', args: [target] }
  }
  return random.pick<() => Call>([
    () => ({ model, at, method: 'add', args: [data.targets(end), ...payloadArgument(data, end)] }),
    () => ({ model, at, method: 'add', args: [data.targets(end), ...payloadArgument(data, end)] }),
    () => ({ model, at, method: 'remove', args: [[data.id(end.target), data.id(end.target)]] }),
    () => ({ model, at, method: 'set', args: [data.targets(end), ...payloadArgument(data, end)] }),
    () => ({ model, at, method: 'clear', args: [] }),
    () => ({ model, at, method: 'create', args: [data.record(end.target, 2, end.fills), ...payloadArgument(data, end)] }),
    () => end.payload.length > 0
      ? { model, at, method: 'update', args: [data.id(end.target), data.payload(end.payload)] }
      : { model, at, method: 'has', args: [data.id(end.target)] },
  ])()
}

const payloadArgument = (data: RandomData, end: End): unknown[] =>
  end.payload.length > 0 && data.random.chance(0.4) ? [data.payload(end.payload)] : []

function embeddedCall(data: RandomData, model: string): Call {
  const { random } = data
  const arrays = Object.entries(data.described(model).fields).filter(([, field]) => field.kind === 'array' && field.item.kind === 'object')
  const [chosen] = random.some(arrays, arrays.length)
  if (!chosen) return { model, method: 'find', args: [{}] }
  const [name, field] = chosen
  const at = { id: data.id(model), end: name, kind: 'array' } as const
  if (field.kind !== 'array') return { model, method: 'find', args: [{}] }
  const where = { n: { $gte: random.below(3) } }
  return random.pick<() => Call>([
    () => ({ model, at, method: 'push', args: [data.elements(field)] }),
    () => ({ model, at, method: 'update', args: [where, { n: random.below(5) }] }),
    () => ({ model, at, method: 'remove', args: [where] }),
  ])()
}

function readCall(data: RandomData, model: string): Call {
  const ends = data.ends(model)
  if (ends.length === 0) return { model, method: 'find', args: [{}] }
  const end = data.random.pick(ends)
  const at = { id: data.id(model), end: end.name, kind: end.many ? 'many' : 'one' } as const
  if (!end.many) return { model, at, method: 'get', args: [] }
  return data.random.pick<() => Call>([
    () => ({ model, at, method: 'list', args: [randomQuery(data, end.target, 1, end)] }),
    () => ({ model, at, method: 'count', args: [] }),
    () => ({ model, at, method: 'has', args: [data.id(end.target)] }),
  ])()
}
