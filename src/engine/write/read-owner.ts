import { equals, plainNode, plainRead, slot } from '../../plan/conditions.js'
import { visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { idOf } from '../links/id-of.js'
import { notFound } from './not-found.js'
import type { Unit } from './unit.js'

/** The whole record that a call names, hidden fields included. @throws KIN_NOT_FOUND */
export async function readOwner(
  unit: Unit,
  model: Model,
  id: unknown,
  lock: 'delete' | null = null,
): Promise<Record<string, unknown>> {
  const { visibility } = unit.context
  const { rows } = await unit.read(
    `owner:${model.name}:${lock}:${visibility.key}`,
    () => {
      // The lists of two-sided associations are content of neither record, and may be long.
      const fields = [...model.fields.values()].filter((field) => field.kind !== 'list' || !field.hidden)
      const where = equals(idOf(model), slot(visibility.values.length))
      return plainRead(
        plainNode(model, fields, where, { scope: visible(visibility, model, 'exclude'), lock }),
      )
    },
    [...visibility.values, id],
  )
  return rows[0] ?? notFound(model, [id])
}

/** Makes sure that the record a call names is there. @throws KIN_NOT_FOUND */
export async function requireOwner(unit: Unit, model: Model, id: unknown): Promise<void> {
  const { visibility } = unit.context
  const { rows } = await unit.read(
    `owner-id:${model.name}:${visibility.key}`,
    () => {
      const own = idOf(model)
      const where = equals(own, slot(visibility.values.length))
      const scope = visible(visibility, model, 'exclude')
      return plainRead(plainNode(model, [own], where, { scope, lock: 'link' }))
    },
    [...visibility.values, id],
  )
  if (rows.length === 0) notFound(model, [id])
}
