import { fail } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { equals, fieldAt, plainNode, plainRead, slot } from '../../plan/conditions.js'
import { refuseValue } from '../../plan/refuse-value.js'
import { visible } from '../../plan/visibility.js'
import type { Model } from '../../schema/graph.js'
import { describeValue } from '../../schema/values/describe-value.js'
import { Flaw } from '../../schema/values/flaw.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import { idOf } from '../links/id-of.js'
import type { Unit } from './unit.js'

/** A unique key with a value for each part. */
export interface UniqueKey {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

/**
 * The `where` of `upsert`: the id, a unique field, or all fields of a composite key; nothing null (R33).
 *
 * @throws KIN_INVALID_QUERY, KIN_INVALID_VALUE, KIN_INVALID_ID
 */
export function readUniqueKey(model: Model, where: unknown): UniqueKey {
  const given = isPlainObject(where) ? Object.entries(where).filter(([, value]) => value !== undefined) : []
  const keys = [[idOf(model).name], ...model.uniques.map((unique) => unique.fields)]
  const names = keys.find((key) => key.length === given.length && given.every(([name]) => key.includes(name)))
  if (!names) return refuseKey(keys, where)
  return { names, values: names.map((name) => readPart(model, name, new Map(given).get(name))) }
}

function readPart(model: Model, name: string, value: unknown): unknown {
  const field = fieldAt(model, [name])
  const path = `where.${name}`
  const normal = normaliserOf(field)(field.edge && isPlainObject(value) ? value['id'] : value)
  const named = field.kind === 'id' ? model.name : (field.edge?.to.name ?? null)
  return normal instanceof Flaw ? refuseValue(normal, value, path, named) : normal
}

function refuseKey(keys: readonly (readonly string[])[], where: unknown): never {
  const known = keys.map((key) => `{ ${key.join(', ')} }`).join(', ')
  return fail('KIN_INVALID_QUERY', {
    message: `Expected a complete unique key in where, received ${describeValue(where)} that is none.`,
    path: 'where',
    hint: `Unique keys here: ${known}.`,
  })
}

/** The id of the record with the key, or undefined. */
export async function findByKey(unit: Unit, model: Model, { names, values }: UniqueKey): Promise<unknown> {
  const { visibility } = unit.context
  const id = idOf(model)
  const { rows } = await unit.read(
    `key:${model.name}:${names.join()}:${visibility.key}`,
    () => {
      const first = visibility.values.length
      const where = names.map((name, index) => equals(fieldAt(model, [name]), slot(first + index)))
      return plainRead(
        plainNode(model, [id], allOf(...where), { scope: visible(visibility, model, 'exclude') }),
      )
    },
    [...visibility.values, ...values],
  )
  return rows[0]?.[id.name]
}
