/** One write: a draft of the world that replaces it when nothing was refused. */
import { fail } from '../../errors/index.js'
import type { Graph, Id, Members, Model } from './graph.js'
import { shownMembers } from './load.js'
import { same } from './values.js'
import { isLive, recordsOf, type Stored, type World } from './world.js'

export interface Operation {
  readonly graph: Graph
  readonly before: World
  /** the draft */
  readonly world: World
  readonly now: Date
  /** explicit ids of the records that this call creates, as `keyOf` */
  readonly created: Set<string>
}

export interface Maker {
  /** makes the id of a record that is created without one; null leaves it to the oracle */
  readonly newId: ((model: string) => Id) | null
}

export function keyOf(model: string, id: Id): string {
  return JSON.stringify([model, id])
}

/** The record that a call names; absent or hidden is not found (R37). */
export function ownerOf(world: World, model: string, id: Id): Stored {
  const stored = recordsOf(world, model).get(id)
  if (stored?.deletedAt === null) return stored
  return fail('KIN_NOT_FOUND', { details: { model, ids: [id] } })
}

/** A new association needs a live target (R15), or one that the same call creates. */
export function requireTarget(
  operation: Operation,
  model: string,
  id: Id,
  created: ReadonlySet<string>,
): void {
  if (created.has(keyOf(model, id)) || isLive(operation.before, model, id)) return
  fail('KIN_TARGET_NOT_FOUND', { details: { association: '', model, ids: [id] } })
}

export function newId(world: World, model: Model, maker: Maker): Id {
  if (maker.newId !== null) return maker.newId(model.name)
  // R7: an integer id never comes back.
  if (model.idKind === 'integer') return (world.sequences[model.name] ?? 0) + 1
  world.counter++
  const digits = world.counter.toString(16).padStart(32, '0')
  if (model.idKind === 'objectId') return digits.slice(8)
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * R19: a write touches the records whose shown content it changes: own fields, to-one references, one-sided lists,
 * and being deleted or restored. Once per call; a record created by the call is new, not touched.
 */
export function touchChanged(operation: Operation): void {
  const { graph, before, world, now } = operation
  for (const model of graph.models.values()) {
    for (const stored of recordsOf(world, model.name).values()) {
      const old = recordsOf(before, model.name).get(stored.id)
      if (old === undefined || same(contentOf(before, model, old), contentOf(world, model, stored))) continue
      if (model.timestamps) stored.updatedAt = now
      if (model.version) stored.version = (stored.version ?? 0) + 1
    }
  }
}

function contentOf(world: World, model: Model, stored: Stored): Members {
  return shownMembers(world, model, stored)
}

/** Two live records with the same values of a unique key; `stored` is one of them. */
interface Collision {
  readonly model: Model
  readonly keys: readonly string[]
  readonly stored: Stored
}

/** R8: nulls never collide, and with softDelete only live records do. */
export function checkUnique(graph: Graph, world: World): void {
  const [first, ...others] = [...graph.models.values()].flatMap((model) =>
    model.uniqueKeys.flatMap((keys) => collisionIn(world, model, keys)),
  )
  if (first !== undefined) refuseCollision(first, others)
}

function collisionIn(world: World, model: Model, keys: readonly string[]): Collision[] {
  const live = [...recordsOf(world, model.name).values()].filter(({ deletedAt }) => deletedAt === null)
  const stored = live.find((one) => isTaken(world, model, keys, one))
  return stored === undefined ? [] : [{ model, keys, stored }]
}

/** Whether another live record has this record's values of a unique key. */
export function isTaken(world: World, model: Model, keys: readonly string[], stored: Stored): boolean {
  if (keys.some((key) => stored.values[key] === null)) return false
  return [...recordsOf(world, model.name).values()].some(
    (other) =>
      other !== stored &&
      other.deletedAt === null &&
      keys.every((key) => same(other.values[key], stored.values[key])),
  )
}

/** The codes of further collisions are the error's `cause`: which comes first depends on the order of statements. */
function refuseCollision(collision: Collision, others: readonly Collision[]): never {
  const { model, keys, stored } = collision
  const cause = others.map(codeOf)
  if (codeOf(collision) === 'KIN_UNIQUE') {
    return fail('KIN_UNIQUE', { details: { model: model.name, fields: keys }, cause })
  }
  const [only = ''] = keys
  const target = stored.values[only] as Id
  return fail('KIN_ONE_TAKEN', { details: { association: `${model.name}.${only}`, target }, cause })
}

/** R14: from the holder end a taken target of a one-one is a conflict of its own. */
function codeOf({ model, keys }: Collision): 'KIN_ONE_TAKEN' | 'KIN_UNIQUE' {
  const [only = ''] = keys
  return keys.length === 1 && model.fields[only]?.kind === 'one' ? 'KIN_ONE_TAKEN' : 'KIN_UNIQUE'
}
