import { groupBy } from '../links/group-by.js'
import type { Pair } from '../links/pair.js'
import { addPairs } from './add-pairs.js'
import { type Draft, idOfItem, type Move, type NewRecord } from './input/draft.js'
import { type Candidate, candidateOf, tellingConflicts } from './first-conflict.js'
import { placePairs } from './input/place-pairs.js'
import { insertRecords } from './insert-records.js'
import { pointHolders } from './point-holders.js'
import { requireScope } from './require-scope.js'
import { runHooks } from './run-hooks.js'
import { wholeRecord } from './shown-record.js'
import type { Unit } from './unit.js'

/** Creates everything of a draft: records, then what refers to them. Its targets have been looked up. */
export async function carryOut(unit: Unit, draft: Draft): Promise<void> {
  const { records, moves, pairs, fills } = draft
  placePairs(draft)
  if (records.length > 0) await insertTelling(unit, records)
  if (fills) for (const fill of fills) fill()
  if (moves.length > 0) await moveHolders(unit, moves)
  if (pairs.length > 0) await addNewPairs(unit, draft)
  await afterCreate(unit, records)
}

function insertTelling(unit: Unit, records: readonly NewRecord[]): Promise<void> {
  const candidates = (): Candidate[] => records.map(candidateOf)
  return tellingConflicts(unit, candidates, () => insertRecords(unit, records))
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
async function addNewPairs(unit: Unit, draft: Draft): Promise<void> {
  for (const [edge, group] of groupBy(draft.pairs, (pair) => pair.edge)) {
    const pairs = group.map(({ holder, target, payload }): Pair => {
      return { owner: idOfItem(holder), target: idOfItem(target), payload }
    })
    const fresh = group.every(({ holder }) => holder.record)
    await addPairs(unit, edge, pairs, fresh)
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
