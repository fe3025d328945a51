import type { Edge } from '../../schema/graph.js'
import { groupBy } from '../links/group-by.js'
import type { Pair } from '../links/pair.js'
import { addPairs } from './add-pairs.js'
import { checkTargets } from './check-targets.js'
import { type Draft, idOfItem, type Move, type NamedTarget, type NewRecord } from './input/draft.js'
import { insertRecords } from './insert-records.js'
import { namingTaken } from './name-taken.js'
import { pointHolders } from './point-holders.js'
import { requireScope } from './require-scope.js'
import { runHooks } from './run-hooks.js'
import { wholeRecord } from './shown-record.js'
import type { Unit } from './unit.js'

/**
 * Creates everything of a draft: records, then what refers to them.
 *
 * @param targets the records named that are new where they are named; they are looked up before anything is written
 */
export async function carryOut(
  unit: Unit,
  draft: Draft,
  targets: readonly NamedTarget[] = draft.targets,
): Promise<void> {
  const { records, moves, pairs, fills } = draft
  if (targets.length > 0) await checkTargets(unit, targets, records)
  if (records.length > 0) {
    const edges = unit.context.graph.associations
    await namingTaken(
      edges,
      (edge) => referencesOf(records, edge),
      () => insertRecords(unit, records),
    )
  }
  if (fills) for (const fill of fills) fill()
  if (moves.length > 0) await moveHolders(unit, moves)
  if (pairs.length > 0) await addNewPairs(unit, draft)
  await afterCreate(unit, records)
}

/** What new records refer to over an edge. */
function referencesOf(records: readonly NewRecord[], edge: Edge): unknown[] {
  const own = records.filter(({ shape }) => shape.model === edge.from)
  return own.map(({ shape, values }) => values[shape.places.get(edge.path[0] ?? '') ?? 0])
}

async function moveHolders(unit: Unit, moves: readonly Move[]): Promise<void> {
  for (const [edge, group] of groupBy(moves, (move) => move.edge)) {
    await pointHolders(
      unit,
      edge,
      group.map(({ holder, target }): Pair => ({ owner: holder, target: target.id, payload: null })),
    )
  }
}

/** Adds the pairs of new records that are kept apart from them, or by records that exist. */
async function addNewPairs(unit: Unit, { pairs }: Draft): Promise<void> {
  for (const [edge, group] of groupBy(pairs, (pair) => pair.edge)) {
    await addPairs(
      unit,
      edge,
      group.map(({ holder, target, payload }): Pair => {
        return { owner: idOfItem(holder), target: idOfItem(target), payload }
      }),
    )
  }
}

async function afterCreate(unit: Unit, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return
  const scoped = unit.context.visibility.scopes.size > 0
  for (const [{ model }, group] of groupBy(records, (record) => record.shape)) {
    if (scoped) {
      const ids = group.map((record) => record.id)
      await requireScope(unit, model, ids)
    }
    if (model.hooks.afterCreate) await runHooks(unit, model, 'afterCreate', group.map(wholeRecord))
    if (model.hooks.afterCommit) for (const { id } of group) unit.note(model, 'create', id)
  }
}
