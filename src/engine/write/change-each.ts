import { plainNode, plainRead } from '../../plan/conditions.js'
import { visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { idOf } from '../links/id-of.js'
import { changeRecord } from './change-record.js'
import { refuseUnshared } from './input/refuse-nested.js'
import type { Chosen } from './read-where.js'
import { runHooks } from './run-hooks.js'
import type { Unit } from './unit.js'
import { readUpdate } from './update.js'

/** Changes the records one by one, because hooks may make each change another. @returns how many there are */
export async function changeEach(unit: Unit, model: Model, chosen: Chosen, data: unknown): Promise<number> {
  const events = (await readChosen(unit, model, chosen)).map((before) => {
    return { id: before[idOf(model).name], changes: isPlainObject(data) ? { ...data } : {}, before }
  })
  await runHooks(unit, model, 'beforeUpdate', events)
  for (const { changes, before } of events) {
    await changeRecord(unit, await readUpdate(model, changes, refuseUnshared), before)
  }
  await runHooks(unit, model, 'afterUpdate', events)
  for (const { id } of events) unit.note(model, 'update', id)
  return events.length
}

/** The records that match, whole. */
async function readChosen(
  unit: Unit,
  model: Model,
  { key, filter, values }: Chosen,
): Promise<readonly Record<string, unknown>[]> {
  const { visibility } = unit.context
  const { rows } = await unit.read(
    `chosen:${model.name}:${key}`,
    () => {
      const fields = [...model.fields.values()].filter((field) => field.kind !== 'list' || !field.hidden)
      return plainRead(
        plainNode(model, fields, filter, {
          scope: visible(visibility, model, 'exclude'),
          order: [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: idOf(model) } }],
        }),
      )
    },
    values,
  )
  return rows
}
