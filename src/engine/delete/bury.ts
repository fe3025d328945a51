import { fixed, slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { Change } from '../../store/write.js'
import { groupBy } from '../links/group-by.js'
import { idOf } from '../links/id-of.js'
import { fieldOfSystem } from '../write/system-fields.js'
import { touches } from '../write/touch.js'
import type { Unit } from '../write/unit.js'
import { chunks } from '../../ties/chunks.js'

/** Marks records as deleted: when, and by which deletion. That they are is shown, so they are touched (R19). */
export async function bury(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  deletion: string,
): Promise<void> {
  // Nothing touches them again, and there may be very many.
  await mark(unit, model, ids, [unit.now, deletion], (id) => !unit.isTouched(model, id))
}

/** Takes the mark away. */
export async function unbury(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  const untouched = isStamped(model) ? new Set(unit.untouched(model, ids)) : null
  await mark(unit, model, ids, null, (id) => untouched?.has(id) ?? false)
}

async function mark(
  unit: Unit,
  model: Model,
  ids: readonly unknown[],
  values: readonly [Date, string] | null,
  isUntouched: (id: unknown) => boolean,
): Promise<void> {
  for (const chunk of chunks(ids)) {
    for (const [touching, same] of groupBy(chunk, (id) => isStamped(model) && isUntouched(id))) {
      await unit.write(
        `delete:mark:${model.name}:${values !== null}:${touching}`,
        () => {
          const changes = marks(model, values !== null)
          if (touching) changes.push(...touches(model, 1))
          return { model, where: within(idOf(model), slot(0)), changes }
        },
        [same, unit.now, ...(values ?? [])],
      )
    }
  }
}

const isStamped = ({ timestamps, version }: Model): boolean => timestamps || version

const marks = (model: Model, isDeleted: boolean): Change[] =>
  (['deletedAt', 'deletedBy'] as const).map((system, index) => {
    const field = fieldOfSystem(model, system)!
    const value = isDeleted ? slot(index + 2) : fixed(null)
    return { at: { path: [field.name], field }, op: 'set', value }
  })
