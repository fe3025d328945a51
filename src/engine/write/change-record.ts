import { type ErrorId, fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { carryOut } from './carry-out.js'
import { changedIncrements, changedValues } from './changed-values.js'
import { replaceEnd } from './ends/change-end.js'
import type { EndChange } from './ends/end-change.js'
import type { Draft, NamedTarget } from './input/draft.js'
import { heldIds } from './input/held-ids.js'
import type { Changes } from './input/read-changes.js'
import { namingTaken } from './name-taken.js'
import { requireScope } from './require-scope.js'
import { shownValue } from './shown-record.js'
import type { Unit } from './unit.js'
import { writeValues } from './write-values.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Changes one record, which was read, and everything its ends are to hold.
 *
 * @param ifVersion where given, the record must still have this version (R32)
 * @returns the record as it is shown now; null where only the database knows
 */
export async function changeRecord(
  unit: Unit,
  changes: Changes,
  before: Members,
  ifVersion?: number,
): Promise<Members | null> {
  const { shape, draft, ends } = changes
  const { model } = shape
  const id = before[shape.id.name]
  const endChanges: EndChange[] = []
  for (const { edge, items } of ends) endChanges.push(await replaceEnd(unit, draft, edge, id, items))
  if (draft.pending.length > 0) await Promise.all(draft.pending)
  const increments = changedIncrements(changes, before)
  draft.refuseIssues(model)
  for (const change of endChanges) await change.release(unit)
  await carryOut(unit, draft, newTargets(draft, model, before))
  for (const change of endChanges) await change.link(unit)
  // References to records that were just created are known only now.
  const values = changedValues(changes, before)
  if (Object.keys(values).length + Object.keys(increments).length === 0) {
    return ends.length > 0 ? null : shownAfter(unit, changes, before, null)
  }
  const met = await namingTaken(
    model.outbound,
    (edge) => [values[edge.path[0] ?? '']],
    () => writeValues(unit, model, id, values, increments, ifVersion),
  )
  if (!met && ifVersion !== undefined) refuseVersion(model, id, ifVersion, null)
  await requireScope(unit, model, [id])
  const known = ends.length === 0 && Object.keys(increments).length === 0
  return known ? shownAfter(unit, changes, before, values) : null
}

/** @param found null where it changed in the meantime */
export function refuseVersion(model: Model, id: unknown, expected: number, found: number | null): never {
  return fail('KIN_VERSION_CONFLICT', {
    message: `The ${model.name} with id ${JSON.stringify(id)} does not have version ${expected} any more.`,
    details: { model: model.name, id: id as ErrorId, expected, found },
  })
}

/** The targets that the draft names newly: what the record holds at the same place already is none (R15). */
export function newTargets(draft: Draft, model: Model, before: Members): NamedTarget[] {
  return draft.targets.filter(
    ({ edge, id, changed }) => !(changed && edge.from === model && heldIds(edge, before).has(id)),
  )
}

/** @param values null where nothing changed, so that the record was not touched either */
function shownAfter(unit: Unit, { shape }: Changes, before: Members, values: Members | null): Members {
  const shown: Record<string, unknown> = {}
  for (const { field } of shape.shown) {
    const { name, system } = field
    let value = values && name in values ? values[name] : before[name]
    if (values && system === 'updatedAt') value = unit.now
    else if (values && system === 'version') value = (value as number) + 1
    shown[name] = shownValue(field, value)
  }
  return shown
}
