/** Undoing one soft delete (R26), and removing for good what was soft-deleted long ago. */
import { fail } from '../../errors/index.js'
import { carryOut, type DeleteReport } from './delete.js'
import { type Graph, type Id, modelOf } from './graph.js'
import { isTaken, type Operation } from './operation.js'
import { valueAt } from './references.js'
import { closureOf, type Fate, isAmong, isSame, referencesOf } from './ties.js'
import {
  isLive,
  type Named,
  pairsOf,
  recordOf,
  sortedRecords,
  type Stored,
  type Unset,
  type World,
} from './world.js'

export interface RestoreReport {
  readonly deletion: string
  readonly restored: Readonly<Record<string, readonly Id[]>>
  /** dependants that could not return, and what hangs below them */
  readonly skipped: Readonly<Record<string, readonly Id[]>>
  /** references and elements put back */
  readonly relinked: number
  /** references and elements whose place is taken or gone */
  readonly notRelinked: number
}

/** Restores a record and everything that the same deletion deleted because of it. */
export function restore(operation: Operation, root: Named): RestoreReport {
  const { graph, world } = operation
  const stored = recordOf(world, root.model, root.id)
  if (stored === null) return fail('KIN_NOT_FOUND', { details: { model: root.model, ids: [root.id] } })
  if (stored.grave === null) return refuse(root, 'not deleted')
  const { deletion } = stored.grave
  if (!stored.grave.root) return refuse(root, `deleted by a tie; restore ${namesOf(rootsAbove(world, root))}`)

  const below = reachedFrom(root, buriedBy(graph, world, deletion), world)
  const returning = thoseThatReturn(graph, world, root, below)
  if (!isAmong(root, returning)) {
    return refuse(root, obstacleOf(graph, world, below, root) ?? 'its dependants')
  }
  for (const named of returning) raise(world, named)
  const skipped = below.filter((named) => !isAmong(named, returning))
  freeSkipped(world, skipped, returning)
  const { relinked, notRelinked } = relink(operation, deletion, returning)
  const listed = (list: readonly Named[]): Record<string, Id[]> => byModel(graph, world, list)
  return { deletion, restored: listed(returning), skipped: listed(skipped), relinked, notRelinked }
}

function refuse(root: Named, reason: string): never {
  return fail('KIN_RESTORE_REFUSED', { details: { ...root, reason } })
}

/** R26: a record deleted by a tie names its root deletion. */
function rootsAbove(world: World, named: Named): Named[] {
  const above = [named]
  // The list grows while it is walked.
  for (const { model, id } of above) {
    const causes = recordOf(world, model, id)?.grave?.causes ?? []
    above.push(...causes.filter((cause) => !isAmong(cause, above)))
  }
  return above.filter(({ model, id }) => recordOf(world, model, id)?.grave?.root)
}

function namesOf(list: readonly Named[]): string {
  return list.map(({ model, id }) => `${model} ${id}`).join(', ')
}

function buriedBy(graph: Graph, world: World, deletion: string): Named[] {
  return [...graph.models.keys()].flatMap((model) =>
    sortedRecords(world, model)
      .filter(({ grave }) => grave?.deletion === deletion)
      .map(({ id }) => ({ model, id })),
  )
}

/** Those of a set that lie below a root: it, what it pulled down, and so on. */
function reachedFrom(root: Named, set: readonly Named[], world: World): Named[] {
  const reached = set.filter((named) => isSame(named, root))
  let before = -1
  while (before !== reached.length) {
    before = reached.length
    for (const named of set.filter((one) => !isAmong(one, reached))) {
      const causes = recordOf(world, named.model, named.id)?.grave?.causes ?? []
      if (causes.some((cause) => isAmong(cause, reached))) reached.push(named)
    }
  }
  return reached
}

/** Leaves out, until nothing changes, what meets an obstacle and what is then no longer below the root. */
function thoseThatReturn(graph: Graph, world: World, root: Named, below: readonly Named[]): Named[] {
  let returning = [...below]
  let before = -1
  while (before !== returning.length) {
    before = returning.length
    const free = returning.filter((named) => obstacleOf(graph, world, returning, named) === null)
    returning = reachedFrom(root, free, world)
  }
  return returning
}

/** Why a record cannot return while only these others do; null where it can. */
function obstacleOf(graph: Graph, world: World, returning: readonly Named[], named: Named): string | null {
  const model = modelOf(graph, named.model)
  const stored = recordOf(world, named.model, named.id)
  if (stored === null) return 'gone'
  const isBack = (target: Named): boolean =>
    isLive(world, target.model, target.id) || isAmong(target, returning)
  const binding = referencesOf(model, stored).filter(({ tie }) => tie !== 'weak' && tie !== 'dirty')
  const hidden = [...binding.map(({ target }) => target), ...restrictedEntries(graph, world, named)].filter(
    (target) => !isBack(target),
  )
  if (hidden.length > 0) return `its target is deleted: ${namesOf(hidden)}`
  const taken = model.uniqueKeys.find((keys) => isTaken(world, model, keys, stored))
  return taken === undefined ? null : `its ${taken.join(', ')} is taken`
}

/** The entries of a record's own lists whose tie is restrict. */
function restrictedEntries(graph: Graph, world: World, { model, id }: Named): Named[] {
  return graph.associations
    .filter((association) => association.many && association.tie === 'restrict')
    .flatMap((association) =>
      pairsOf(world, association).flatMap(({ from, to }): Named[] => {
        if (association.holder === model && from === id) return [{ model: association.target, id: to }]
        return association.symmetric && association.holder === model && to === id ? [{ model, id: from }] : []
      }),
    )
}

function raise(world: World, { model, id }: Named): void {
  const stored = recordOf(world, model, id) as Stored
  stored.deletedAt = null
  stored.grave = null
}

/** What was skipped directly below a record that returned can be named to `restore` later. */
function freeSkipped(world: World, skipped: readonly Named[], returned: readonly Named[]): void {
  for (const { model, id } of skipped) {
    const grave = recordOf(world, model, id)?.grave
    if (!grave) continue
    const still = grave.causes.filter((cause) => !isAmong(cause, returned))
    grave.root ||= still.length < grave.causes.length
    grave.causes = still
  }
}

/** Puts back what was taken away for records that have returned, once all that it names are live again. */
function relink(
  operation: Operation,
  deletion: string,
  returned: readonly Named[],
): Pick<RestoreReport, 'relinked' | 'notRelinked'> {
  const { world, graph } = operation
  const due = world.unset.filter(
    (unset) =>
      unset.deletion === deletion &&
      unset.targets.some((target) => isAmong(target, returned)) &&
      unset.targets.every(({ model, id }) => isLive(world, model, id)),
  )
  world.unset = world.unset.filter((unset) => !due.includes(unset))
  // Backwards as they were taken away, so that elements find their indexes again.
  const results = due.toReversed().map((unset) => putBack(graph, world, unset))
  return { relinked: results.filter(Boolean).length, notRelinked: results.filter((done) => !done).length }
}

/** R26: only where it is still null and its unique slot is free; an element only with live targets. */
function putBack(graph: Graph, world: World, { holder, path, value, what }: Unset): boolean {
  const stored = recordOf(world, holder.model, holder.id)
  if (stored === null) return false
  const model = modelOf(graph, holder.model)
  const old = structuredClone(stored.values)
  const parent = valueAt(stored.values, path.slice(0, -1))
  const last = path.at(-1) as string | number
  if (what === 'reference') {
    if (typeof parent !== 'object' || parent === null || valueAt(parent, [last]) !== null) return false
    Object.assign(parent, { [last]: value })
    const taken =
      stored.deletedAt === null && model.uniqueKeys.some((keys) => isTaken(world, model, keys, stored))
    if (taken) stored.values = old
    return !taken
  }
  if (!Array.isArray(parent)) return false
  const index = Math.min(last as number, parent.length)
  parent.splice(index, 0, structuredClone(value))
  const inside = referencesOf(model, stored).filter((r) =>
    [...path.slice(0, -1), index].every((part, at) => part === r.path[at]),
  )
  const broken = inside.some(({ tie, target }) => tie !== 'dirty' && !isLive(world, target.model, target.id))
  if (broken) stored.values = old
  return !broken
}

/** Removes for good every record soft-deleted before a date; the ties do what they do for a hard delete (R24). */
export function purge(operation: Operation, before: Date): DeleteReport {
  const { graph, world } = operation
  const roots = new Map<Named, Fate>()
  for (const model of graph.models.keys()) {
    for (const { id, deletedAt } of sortedRecords(world, model)) {
      if (deletedAt !== null && deletedAt < before) roots.set({ model, id }, 'hard')
    }
  }
  return carryOut(operation, closureOf(graph, world, roots), 'purge')
}

function byModel(graph: Graph, world: World, list: readonly Named[]): Record<string, Id[]> {
  const lists = [...graph.models.keys()].map((model): [string, Id[]] => [
    model,
    sortedRecords(world, model)
      .map(({ id }) => id)
      .filter((id) => isAmong({ model, id }, list)),
  ])
  return Object.fromEntries(lists.filter(([, ids]) => ids.length > 0))
}
