/** Where stores may differ about unique values: the one thing that depends on the order of statements. */
import { isKinshipError } from '../../errors/index.js'
import type { GraphDescription, Oracle } from '../oracle/index.js'
import type { Call } from './call.js'
import { printValue } from './print-code.js'

type World = Oracle['world']

const TAKEN = ['KIN_UNIQUE', 'KIN_ONE_TAKEN']

/** Where several unique values are taken, a store tells any of them first. */
export function isOtherCollision(expected: unknown, refused: string): boolean {
  if (!isKinshipError(expected) || !TAKEN.includes(expected.code)) return false
  return Array.isArray(expected.cause) && expected.cause.includes(refused)
}

/**
 * Uniqueness is looked at when a call has ended, but a store may refuse a collision that would have passed: a value that one record
 * gives up and another takes in the same call, or that a record named twice has for a while.
 */
export function mayRefuseInPassing(
  call: Call,
  refused: string,
  { models }: GraphDescription,
  before: World,
  after: World,
): boolean {
  if (!TAKEN.includes(refused) || changesOneThing(call)) return false
  const names = Object.keys(models)
  return names.some((model) => hasPassedOn(models, model, before, after)) || namesTwice(call, names, after)
}

function namesTwice({ args }: Call, models: readonly string[], { records }: World): boolean {
  const ids = new Set<unknown>(models.flatMap((model) => [...(records[model]?.keys() ?? [])]))
  const named = [...leavesOf(args)].filter((leaf) => ids.has(leaf))
  return new Set(named).size < named.length
}

function* leavesOf(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) yield value
  else for (const member of Object.values(value)) yield* leavesOf(member)
}

/** What a handle does, or an update of one member, has to be done in the right order. */
function changesOneThing({ at, method, args }: Call): boolean {
  if (at) return method !== 'create'
  return method === 'update' && Object.keys(args[1] as object).length === 1
}

function hasPassedOn(models: GraphDescription['models'], name: string, before: World, after: World): boolean {
  const { fields, unique = [] } = models[name]!
  const single = Object.entries(fields).filter(([, field]) => 'unique' in field && field.unique === true)
  return [...unique, ...single.map(([field]) => [field])].some((keys) => {
    const old = holders(before, name, keys)
    return [...holders(after, name, keys)].some(([value, id]) => old.has(value) && old.get(value) !== id)
  })
}

/** Which live record has which values of a key. */
function holders(world: World, model: string, keys: readonly string[]): Map<string, unknown> {
  const live = [...(world.records[model]?.values() ?? [])].filter(({ deletedAt }) => deletedAt === null)
  return new Map(
    live
      .filter(({ values }) => keys.every((key) => values[key] !== null))
      .map(({ id, values }) => [printValue(keys.map((key) => values[key])), id]),
  )
}
