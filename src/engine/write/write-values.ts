import { allOf } from '../../plan/combine.js'
import { equals, slot } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { Change } from '../../store/write.js'
import { idOf } from '../links/id-of.js'
import { fieldOfSystem } from './system-fields.js'
import { touches } from './touch.js'
import type { Unit } from './unit.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Changes fields of one record and touches it, in one statement.
 *
 * @param increments what is added to numbers that are not null
 * @param ifVersion where given, only a record of this version is met (R32)
 * @returns whether the record was met
 */
export async function writeValues(
  unit: Unit,
  model: Model,
  id: unknown,
  values: Members,
  increments: Members,
  ifVersion: number | undefined,
): Promise<boolean> {
  const set = Object.keys(values)
  const added = Object.keys(increments)
  const touched = unit.untouched(model, [id]).length > 0
  // Another part of the same call may have touched the record before.
  const version = ifVersion === undefined || touched ? ifVersion : ifVersion + 1
  const first = 3
  const met = await unit.write(
    `update:${model.name}:${set.join()}:${added.join()}:${touched}:${ifVersion !== undefined}`,
    () => {
      const versionField = fieldOfSystem(model, 'version')
      const where = equals(idOf(model), slot(0))
      return {
        model,
        where: versionField && version !== undefined ? allOf(where, equals(versionField, slot(2))) : where,
        changes: [
          ...set.map((name, index) => changeOf(model, name, 'set', first + index)),
          ...added.map((name, index) => changeOf(model, name, 'increment', first + set.length + index)),
          ...(touched ? touches(model, 1) : []),
        ],
      }
    },
    [id, unit.now, version, ...Object.values(values), ...Object.values(increments)],
  )
  return met > 0
}

export function changeOf(model: Model, name: string, op: 'set' | 'increment', place: number): Change {
  const field = model.fields.get(name)
  if (!field) throw new TypeError(`${model.name} has no field ${name}`)
  return { at: { path: [name], field }, op, value: slot(place) }
}
