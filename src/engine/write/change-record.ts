import { type ErrorId, fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { carryOut } from './carry-out.js'
import { changedIncrements, changedValues } from './changed-values.js'
import { replaceEnd } from './ends/change-end.js'
import { checkTargets } from './check-targets.js'
import type { EndChange } from './ends/end-change.js'
import { type Candidate, candidateOf, tellingConflicts } from './first-conflict.js'
import type { Item } from './input/draft.js'
import type { Changes } from './input/read-changes.js'
import { settleSelf } from './input/settle-self.js'
import { newTargets } from './new-targets.js'
import { notFound } from './not-found.js'
import { requireScope } from './require-scope.js'
import { reflectFields } from '../links/reflect.js'
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
  settleSelf(changes, id)
  const endChanges: EndChange[] = []
  for (const { edge, items } of ends) endChanges.push(await replaceEnd(unit, draft, edge, id, items))
  if (draft.pending.length > 0) await Promise.all(draft.pending)
  const increments = changedIncrements(changes, before)
  draft.refuseIssues(model)
  await checkTargets(unit, await newTargets(unit, draft, model, before), draft.records)
  for (const change of endChanges) await change.release(unit)
  const values = await tellingConflicts(
    unit,
    () => candidatesOf(changes, before),
    async () => {
      await carryOut(unit, draft)
      return changeOwn(unit, changes, before, increments, ifVersion)
    },
  )
  for (const [index, { edge, items }] of ends.entries()) {
    const again = interfere(changes)
      ? await replaceEnd(unit, draft, edge, id, items && asStored(items))
      : null
    await again?.release(unit)
    await (again ?? endChanges[index])?.link(unit)
  }
  if (values) await requireScope(unit, model, [id])
  const known = ends.length === 0 && draft.records.length === 0 && Object.keys(increments).length === 0
  return known ? shownAfter(unit, changes, before, values) : null
}

/**
 * Changes the record's own fields. References to records that were just created are known only now.
 *
 * @returns the values that are others now; null where nothing changed
 */
async function changeOwn(
  unit: Unit,
  changes: Changes,
  before: Members,
  increments: Members,
  ifVersion: number | undefined,
): Promise<Members | null> {
  const { model, id } = changes.shape
  const values = changedValues(changes, before)
  if (Object.keys(values).length + Object.keys(increments).length === 0) return null
  const own = before[id.name]
  await reflectFields(unit, model, [own], values)
  if (!(await writeValues(unit, model, own, values, increments, ifVersion))) refuseGone(model, own, ifVersion)
  return values
}

/** The record was there when it was read. */
function refuseGone(model: Model, id: unknown, ifVersion: number | undefined): never {
  return ifVersion === undefined ? notFound(model, [id]) : refuseVersion(model, id, ifVersion, null)
}

/** What may conflict: the record as it is to be, and those that are created with it. */
function candidatesOf({ shape, draft, values }: Changes, before: Members): Candidate[] {
  const own = {
    model: shape.model,
    id: before[shape.id.name],
    isNew: false,
    path: '',
    values: { ...before, ...values },
  }
  return [own, ...draft.records.map(candidateOf)]
}

/**
 * Whether what is written for one member may be what another one replaces: where a model is associated with
 * itself, or nested records name the record that is changed. Each member is then looked into again when its
 * turn comes.
 */
function interfere({ ends, draft }: Changes): boolean {
  const { length } = draft.records
  const own = ends.flatMap(({ items }) => (items ?? []).filter((item) => item.record))
  return (
    ends.some(({ edge }) => edge.from === edge.to) || (length > 0 && (ends.length > 1 || length > own.length))
  )
}

/** Records that were to be created are there by now. */
function asStored(items: readonly Item[]): Item[] {
  return items.map((item) => (item.record ? { ...item, record: null, id: item.record.id } : item))
}

/** @param found null where it changed in the meantime */
export function refuseVersion(model: Model, id: unknown, expected: number, found: number | null): never {
  return fail('KIN_VERSION_CONFLICT', {
    message: `The ${model.name} with id ${JSON.stringify(id)} does not have version ${expected} any more.`,
    details: { model: model.name, id: id as ErrorId, expected, found },
  })
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
