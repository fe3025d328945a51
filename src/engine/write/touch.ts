import { fieldOfSystem } from './system-fields.js'
import { fixed, slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { Change } from '../../store/write.js'
import { idOf } from '../links/id-of.js'
import type { Unit } from './unit.js'

/**
 * The changes that say a record's shown content changed (R19); its value is the unit's `now`, in this slot.
 */
export function touches(model: Model, nowSlot: number): Change[] {
  const changes: Change[] = []
  const updatedAt = fieldOfSystem(model, 'updatedAt')
  const version = fieldOfSystem(model, 'version')
  if (updatedAt) {
    changes.push({ at: { path: [updatedAt.name], field: updatedAt }, op: 'set', value: slot(nowSlot) })
  }
  if (version) {
    changes.push({ at: { path: [version.name], field: version }, op: 'increment', value: fixed(1) })
  }
  return changes
}

/**
 * Touches records (R19), once in a unit and in one statement; none where the model keeps neither `updatedAt`
 * nor a version.
 */
export async function touch(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  if (ids.length === 0 || !(model.timestamps || model.version)) return
  const left = unit.untouched(model, ids)
  if (left.length === 0) return
  await unit.write(
    `touch:${model.name}`,
    () => ({ model, where: within(idOf(model), slot(0)), changes: touches(model, 1) }),
    [left, unit.now],
  )
}
