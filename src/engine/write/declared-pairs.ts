/**
 * Pairs over a declared record in between are records of that model: adding one creates it, with its
 * defaults, checks and hooks, and removing one deletes it as `delete` does, softly where the model is, with
 * every tie that hangs on it.
 */
import { allOf, anyOf } from '../../plan/combine.js'
import { fieldAt, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { unrestricted, visible } from '../../plan/visibility.js'
import type { Edge, Through } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import { carryOut, close, startsAt } from '../delete/close.js'
import { SpillingLedger } from '../delete/ledger/spilling-ledger.js'
import { idOf } from '../links/id-of.js'
import { type Pair, turned } from '../links/pair.js'
import { pairsOf } from '../links/pairs-of.js'
import { beforeCreate } from './before-create.js'
import { shapeOf } from './input/model-shape.js'
import { readRecord } from './input/read-record.js'
import { newDraft } from './input/read-target.js'
import { insertRecords } from './insert-records.js'
import { runHooks } from './run-hooks.js'
import { wholeRecord } from './shown-record.js'
import { touch } from './touch.js'
import type { Unit } from './unit.js'

/** @param edge from the owners @param pairs with complete payloads */
export async function addDeclared(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  const { model, near, far } = throughOf(edge)
  const draft = newDraft()
  for (const pair of pairs) {
    const turn = edge.symmetric && compareIds(pair.owner, pair.target) > 0
    const { owner, target, payload } = turn ? turned(pair) : pair
    const data = { ...payload, [near]: owner, [far]: target }
    readRecord(draft, shapeOf(model), await beforeCreate(unit, model, data), edge.name ?? '')
  }
  if (draft.pending.length > 0) await Promise.all(draft.pending)
  draft.refuseIssues(model)
  await insertRecords(unit, draft.records)
  if (model.hooks.afterCreate) await runHooks(unit, model, 'afterCreate', draft.records.map(wholeRecord))
  for (const { id } of draft.records) unit.note(model, 'create', id)
}

/** @throws KIN_RESTRICTED where other records hang on one that would go */
export async function removeDeclared(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  const { model } = throughOf(edge)
  const ids = await idsOf(unit, edge, pairs)
  await carryOut(unit, model, await close(unit, startsAt(model, ids, false), new SpillingLedger(unit)))
}

/** Changes payloads, which are the record's own fields, and touches it (R19). */
export async function mergeDeclared(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  await pairsOf(edge).merge(unit, edge, pairs)
  await touch(unit, throughOf(edge).model, await idsOf(unit, edge, pairs))
}

interface Names {
  readonly model: Through['model']
  readonly near: string
  readonly far: string
}

function throughOf({ association, through }: Edge): Names {
  const [near] = through?.near ?? []
  const [far] = through?.far ?? []
  if (!through || near === undefined || far === undefined)
    throw new TypeError(`${association} has no records in between`)
  return { model: through.model, near, far }
}

/** The ids of the live records of these pairs. */
async function idsOf(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<readonly unknown[]> {
  const { model, near, far } = throughOf(edge)
  const id = idOf(model)
  const { rows } = await unit.read(
    `declared:${edge.association}:${edge.holder}`,
    () => {
      const [own, other] = [fieldAt(model, [near]), fieldAt(model, [far])]
      const there = allOf(within(own, slot(0)), within(other, slot(1)))
      const back = allOf(within(own, slot(1)), within(other, slot(0)))
      const where = edge.symmetric ? anyOf(there, back) : there
      return plainRead(
        plainNode(model, [id, own, other], where, { scope: visible(unrestricted, model, 'exclude') }),
      )
    },
    [pairs.map((pair) => pair.owner), pairs.map((pair) => pair.target)],
  )
  const keyOf = (a: unknown, b: unknown): string =>
    JSON.stringify(edge.symmetric && compareIds(a, b) > 0 ? [b, a] : [a, b])
  const wanted = new Set(pairs.map((pair) => keyOf(pair.owner, pair.target)))
  return rows.filter((row) => wanted.has(keyOf(row[near], row[far]))).map((row) => row[id.name])
}
