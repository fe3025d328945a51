/** Carrying out a closure: records go or are marked, references are unset, entries removed, graves dug (R23, R24). */
import { fail } from '../../errors/index.js'
import { cutsOf, makeCuts } from './cuts.js'
import type { Graph, Id } from './graph.js'
import type { Operation } from './operation.js'
import type { Path } from './references.js'
import { allReferences, type Closure, fateOf, holdings, isAmong, isSame, recordsWithFate } from './ties.js'
import { type Named, pairsOf, recordOf, recordsOf, type World } from './world.js'

export interface DeletePlan {
  /** records that are removed for good, by model */
  readonly deleted: Readonly<Record<string, readonly Id[]>>
  readonly softDeleted: Readonly<Record<string, readonly Id[]>>
  /** references that are unset, and elements removed for them */
  readonly unset: readonly { readonly model: string; readonly id: Id; readonly path: Path }[]
  /** list entries that are removed */
  readonly removed: readonly { readonly association: string; readonly from: Id; readonly to: Id }[]
  readonly blockers: readonly {
    readonly association: string
    readonly model: string
    readonly ids: readonly Id[]
  }[]
  /** R25: a soft delete that removes records for good all the same */
  readonly irreversible: boolean
  readonly hard: boolean
  /** the same closure has the same hash */
  readonly hash: string
}

export interface DeleteReport {
  readonly deletion: string
  readonly deleted: Readonly<Record<string, number>>
  readonly softDeleted: Readonly<Record<string, number>>
  /** references unset and list entries removed */
  readonly unlinked: number
  /** references and entries that now name a record that is gone */
  readonly dangling: number
  readonly ids: {
    readonly deleted: Readonly<Record<string, readonly Id[]>>
    readonly softDeleted: Readonly<Record<string, readonly Id[]>>
  }
}

export function planOf(graph: Graph, world: World, closure: Closure, hard: boolean): DeletePlan {
  const blockers = new Map<string, { association: string; model: string; ids: Id[] }>()
  for (const { association, model, id } of closure.blocks) {
    const known = blockers.get(association) ?? { association, model, ids: [] }
    if (!known.ids.includes(id)) known.ids.push(id)
    blockers.set(association, known)
  }
  const plan = {
    deleted: recordsWithFate(graph, world, closure, 'hard'),
    softDeleted: recordsWithFate(graph, world, closure, 'soft'),
    unset: cutsOf(graph, world, closure).map(({ holder, path }) => ({ ...holder, path })),
    removed: removedEntries(graph, world, closure),
    blockers: [...blockers.values()],
    irreversible: closure.soft && [...closure.fates.values()].includes('hard'),
    hard,
  }
  return { ...plan, hash: JSON.stringify(plan) }
}

/** Entries that a weak tie removes from holders that stay: on a hard delete of the target only (R23). */
function removedEntries(
  graph: Graph,
  world: World,
  closure: Closure,
): { association: string; from: Id; to: Id }[] {
  return graph.associations
    .filter((association) => association.many && association.tie !== 'restrict')
    .flatMap((association) => {
      const { name, tie, symmetric } = association
      // A symmetric pair is an entry of both, and a holder's own entries go with it whatever the tie.
      if (tie === 'dirty' && !symmetric) return []
      return holdings(world, association)
        .filter(
          ({ holder, target }) => fateOf(closure, target) === 'hard' && fateOf(closure, holder) !== 'hard',
        )
        .map(({ holder, target }) => ({ association: name, from: holder.id, to: target.id }))
    })
}

/** Deletes what a closure says. Blocked, it writes nothing (R22). */
export function carryOut(operation: Operation, closure: Closure, deletion: string): DeleteReport {
  const { graph, world } = operation
  const plan = planOf(graph, world, closure, false)
  if (closure.blocks.length > 0) {
    const blockers = plan.blockers.map((blocker) => ({ ...blocker, count: blocker.ids.length }))
    return fail('KIN_RESTRICTED', { details: { model: closure.roots[0]?.model ?? '', blockers } })
  }
  makeCuts(world, closure, deletion, cutsOf(graph, world, closure))
  removePairs(graph, world, closure)
  bury(operation, closure, deletion)
  for (const [model, ids] of Object.entries(plan.deleted)) {
    for (const id of ids) remove(graph, world, { model, id })
  }
  return {
    deletion,
    deleted: countsOf(plan.deleted),
    softDeleted: countsOf(plan.softDeleted),
    unlinked: plan.unset.length + plan.removed.length,
    dangling: danglingTo(graph, world, closure),
    ids: { deleted: plan.deleted, softDeleted: plan.softDeleted },
  }
}

/** R23: a hard delete of the holder removes its own entries, one of the target all but dirty ones. */
function removePairs(graph: Graph, world: World, closure: Closure): void {
  for (const association of graph.associations.filter(({ many }) => many)) {
    const { holder, target, tie, symmetric } = association
    const isGone = (model: string, id: Id): boolean => fateOf(closure, { model, id }) === 'hard'
    const kept = pairsOf(world, association).filter(
      ({ from, to }) => !isGone(holder, from) && (!isGone(target, to) || (tie === 'dirty' && !symmetric)),
    )
    world.pairs[association.name] = kept
  }
}

/** Marks the soft-deleted records, each with what pulled it down. */
function bury(operation: Operation, closure: Closure, deletion: string): void {
  const { graph, world, now } = operation
  for (const model of graph.models.values()) {
    for (const stored of recordsOf(world, model.name).values()) {
      const named = { model: model.name, id: stored.id }
      if (fateOf(closure, named) !== 'soft') continue
      const { causes, headless } = causesOf(closure, named)
      stored.deletedAt = now
      stored.grave = { deletion, root: headless || isAmong(named, closure.roots), causes }
    }
  }
}

/**
 * The soft-deleted records whose tie reached this one, directly or through records that are gone for good.
 * `headless`: a root that is gone for good did, so that no record is left to restore this one through.
 */
function causesOf(closure: Closure, named: Named): { causes: Named[]; headless: boolean } {
  const causes: Named[] = []
  const behind = [named]
  // The list grows while it is walked.
  for (const at of behind) {
    for (const { from } of closure.hits.filter((hit) => isSame(hit.to, at))) {
      const list = fateOf(closure, from) === 'soft' ? causes : behind
      if (!isAmong(from, list)) list.push(from)
    }
  }
  return {
    causes,
    headless: behind.some((at) => fateOf(closure, at) === 'hard' && isAmong(at, closure.roots)),
  }
}

/** Removes a record for good; those buried below it now lie below what it lay below. */
function remove(graph: Graph, world: World, gone: Named): void {
  const grave = recordOf(world, gone.model, gone.id)?.grave ?? null
  recordsOf(world, gone.model).delete(gone.id)
  world.unset = world.unset.filter(({ holder, targets }) => !isSame(holder, gone) && !isAmong(gone, targets))
  for (const model of graph.models.keys()) {
    for (const { grave: below } of recordsOf(world, model).values()) {
      if (below === null || !isAmong(gone, below.causes)) continue
      below.causes = below.causes.filter((cause) => !isSame(cause, gone))
      const inherited = (grave?.causes ?? []).filter(
        (cause) => !isSame(cause, gone) && !isAmong(cause, below.causes),
      )
      below.causes.push(...inherited)
      below.root ||= grave?.root ?? false
    }
  }
}

/** References and entries that name a record that is gone now: those of dirty ties and of soft-deleted holders. */
function danglingTo(graph: Graph, world: World, closure: Closure): number {
  const references = allReferences(graph, world).filter(({ target }) => fateOf(closure, target) === 'hard')
  const entries = graph.associations.flatMap((association) =>
    pairsOf(world, association).filter(
      ({ to }) => fateOf(closure, { model: association.target, id: to }) === 'hard',
    ),
  )
  return references.length + entries.length
}

function countsOf(ids: Readonly<Record<string, readonly Id[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(ids).map(([model, list]) => [model, list.length]))
}
