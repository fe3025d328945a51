/** Where stores may differ about unique values: the one thing that depends on the order of statements. */
import { isKinshipError } from '../../errors/index.js'
import type { Oracle } from '../oracle/index.js'
import type { Call } from './call.js'
import { printValue } from './print-code.js'

type Graph = Oracle['graph']
type World = Oracle['world']

/** A call that stores may answer differently. */
export class Undecided extends Error {}

export const isTaken = (refused: string): boolean => refused === 'KIN_UNIQUE' || refused === 'KIN_ONE_TAKEN'

/** Where several unique values are taken, a store tells any of them first. */
export function isOtherCollision(expected: unknown, refused: string): boolean {
  if (!isKinshipError(expected) || !isTaken(expected.code)) return false
  return Array.isArray(expected.cause) && expected.cause.includes(refused)
}

/**
 * Uniqueness is looked at when a call has ended, but a store may refuse a collision that would have passed: a value that one record
 * gives up and another takes in the same call, or that a record named twice has for a while.
 */
export function collidesInPassing(call: Call, graph: Graph, before: World, after: World): boolean {
  return passesOn(call, graph, before, after) || (!changesOneThing(call, after) && namesTwice(call, after))
}

/**
 * What a handle does, or an update of one member, has to be done in the right order; not so what is tied to a record that is
 * created there at several of its ends.
 */
function changesOneThing({ at, method, args }: Call, after: World): boolean {
  if (creates(args) && namedIn(args, after).length > 1) return false
  if (at) return method !== 'create'
  return method === 'update' && Object.keys(args[1] as object).length === 1
}

const creates = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '$create') || Object.values(value).some(creates))

/** Whether a call gives a unique value of one record to another. */
export function passesOn(call: Call, { models }: Graph, before: World, after: World): boolean {
  if (changesOneThing(call, after)) return false
  return [...models.values()].some(({ name, uniqueKeys }) =>
    uniqueKeys.some((keys) => {
      const old = holders(before, name, keys)
      return [...holders(after, name, keys)].some(([value, id]) => old.has(value) && old.get(value) !== id)
    }),
  )
}

/** Which live record has which values of a key. */
function holders({ records }: World, model: string, keys: readonly string[]): Map<string, unknown> {
  const holding = [...(records[model]?.values() ?? [])].filter(
    ({ deletedAt, values }) => deletedAt === null && keys.every((key) => values[key] !== null),
  )
  return new Map(holding.map(({ id, values }) => [printValue(keys.map((key) => values[key])), id]))
}

function namesTwice({ args }: Call, world: World): boolean {
  const named = namedIn(args, world)
  return new Set(named).size < named.length
}

/** The ids of stored records that a value holds. */
function namedIn(value: unknown, { records }: World): unknown[] {
  const ids = new Set<unknown>(Object.values(records).flatMap((stored) => [...stored.keys()]))
  return [...leavesOf(value)].filter((leaf) => ids.has(leaf))
}

function* leavesOf(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) yield value
  else for (const member of Object.values(value)) yield* leavesOf(member)
}
