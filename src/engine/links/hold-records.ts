import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { Model } from '../../schema/graph.js'
import type { Unit } from '../write/unit.js'
import { idOf } from './id-of.js'

/**
 * Before records are changed on the ground of what is read next: keeps others from changing them until the transaction
 * ends. Where nobody else can have changed them by the commit, nothing is sent.
 */
export async function holdRecords(unit: Unit, model: Model, ids: readonly unknown[]): Promise<void> {
  if (ids.length === 0 || !unit.context.store.capabilities.locksRecords) return
  await unit.read(
    `hold:${model.name}`,
    () => {
      const id = idOf(model)
      // In one order, so that two who hold the same ones do not wait for one another in a circle.
      const order = [{ direction: 'asc', via: [], by: { of: 'record', path: [id.name], field: id } }] as const
      return plainRead(plainNode(model, [id], within(id, slot(0)), { lock: 'change', order }))
    },
    [ids],
  )
}
