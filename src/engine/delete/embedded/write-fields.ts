import { slot, within } from '../../../plan/conditions.js'
import type { Field, Model } from '../../../schema/graph.js'
import type { Row } from '../../../ties/references.js'
import { idOf } from '../../links/id-of.js'
import type { Unit } from '../../write/unit.js'

/** Sets whole fields of records to the same values. */
export async function writeFields(
  unit: Unit,
  model: Model,
  fields: readonly Field[],
  ids: readonly unknown[],
  values: Row,
): Promise<void> {
  await unit.write(
    `delete:fields:${model.name}:${fields.map(({ name }) => name).join()}`,
    () => ({
      model,
      where: within(idOf(model), slot(0)),
      changes: fields.map((field, at) => ({
        at: { path: [field.name], field },
        op: 'set',
        value: slot(at + 1),
      })),
    }),
    [ids, ...fields.map(({ name }) => values[name])],
  )
}
