/** Random calls of the handles of ends. */
import type { Call } from './call.js'
import type { RandomData } from './random-data.js'
import { type End, hasPayload } from './random-ends.js'
import { answered } from './observed.js'
import { randomQuery } from './random-query.js'
import { type Query, randomWhere, withLink } from './random-where.js'

interface Handle {
  readonly data: RandomData
  readonly model: string
  readonly end: End
  readonly at: NonNullable<Call['at']>
}

export function linkCall(data: RandomData, model: string): Call {
  const handle = handleOf(data, model)
  if (!handle) return { model, method: 'find', args: [{}] }
  return handle.end.many ? manyCall(handle) : oneCall(handle)
}

/** Calls that change nothing. */
export function readHandleCall(data: RandomData, model: string): Call {
  const handle = handleOf(data, model)
  if (!handle) return { model, method: 'find', args: [{}] }
  const { end, at } = handle
  const query = (): Query => randomQuery(data, end.target, { depth: 1, end, ofHandle: true })
  if (!end.many) return { model, at, method: 'get', args: data.random.chance(0.5) ? [] : [query()] }
  return data.random.pick<() => Call>([
    () => ({ model, at, method: 'list', args: [query()] }),
    () => ({ model, at, method: 'count', args: [] }),
    () => ({
      model,
      at,
      method: 'count',
      args: [{ where: withLink(data, end, randomWhere(data, end.target, 2)) }],
    }),
    () => ({ model, at, method: 'has', args: [data.id(end.target)] }),
  ])()
}

function handleOf(data: RandomData, model: string): Handle | null {
  const ends = data.ends(model)
  if (ends.length === 0) return null
  const end = data.random.pick(ends)
  return { data, model, end, at: { id: data.id(model), end: end.name, kind: end.many ? 'many' : 'one' } }
}

/** The ids that a list has, hidden ones included. */
function listedAt(data: RandomData, model: string, at: Handle['at']): unknown[] {
  const handle = data.oracle.model(model).at(at.id).many(at.end)
  const records = answered(() => handle.list({ deleted: 'include', select: ['id'] }))
  return Array.isArray(records) ? records.map((record: { readonly id: unknown }) => record.id) : []
}

function oneCall({ data, model, end, at }: Handle): Call {
  const { random } = data
  if (random.chance(0.2))
    return { model, at, method: 'create', args: [data.record(end.target, 2, end.fills)] }
  const target = random.chance(0.25) ? null : data.target(end.target, {}, 2, end.fills)
  return { model, at, method: 'set', args: [target] }
}

function manyCall({ data, model, end, at }: Handle): Call {
  const listed = listedAt(data, model, at)
  const id = () =>
    listed.length > 0 && data.random.chance(0.7) ? data.random.pick(listed) : data.id(end.target)
  const payload = (): unknown[] =>
    hasPayload(end) && data.random.chance(0.4) ? [data.payload(end.payload)] : []
  const record = () => data.record(end.target, 2, end.fills)
  const add = (): Call => ({ model, at, method: 'add', args: [data.targets(end), ...payload()] })
  const calls: (() => Call)[] = [
    add,
    add,
    () => ({ model, at, method: 'remove', args: [[id(), id()]] }),
    () => ({ model, at, method: 'set', args: [data.targets(end), ...payload()] }),
    () => ({ model, at, method: 'clear', args: [] }),
    () => ({ model, at, method: 'create', args: [record(), ...payload()] }),
    () => ({ model, at, method: 'create', args: [[record(), record()], ...payload()] }),
  ]
  if (hasPayload(end)) {
    calls.push(() => ({ model, at, method: 'update', args: [id(), data.payload(end.payload)] }))
  }
  return data.random.pick(calls)()
}
