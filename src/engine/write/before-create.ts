import type { Field, Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { runHooks } from './run-hooks.js'
import type { Unit } from './unit.js'

type Members = Record<string, unknown>

/**
 * Runs `beforeCreate` hooks on the data of a record and of everything nested in it, outermost first, before
 * it is read.
 *
 * @returns copies that the hooks may have changed
 */
export async function beforeCreate(unit: Unit, model: Model, data: unknown): Promise<unknown> {
  if (!isPlainObject(data)) return data
  const copy: Members = { ...data }
  await runHooks(unit, model, 'beforeCreate', [copy])
  await beforeNested(unit, model, copy)
  return copy
}

/** The same for everything nested in the data of a record that is not created. @param data is changed */
export async function beforeNested(unit: Unit, model: Model, data: Members): Promise<void> {
  for (const [name, value] of Object.entries(data)) {
    const edge = model.ends.get(name)
    const field = model.fields.get(name)
    if (edge) data[name] = await beforeEnd(unit, edge.to, value)
    else if (field) data[name] = await inField(unit, field, value)
  }
}

/** The same for what is to stand at an end. */
export async function beforeEnd(unit: Unit, model: Model, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return each(value, (item) => beforeEnd(unit, model, item))
  if (!isPlainObject(value) || value['id'] !== undefined) return value
  if (value['$create'] === undefined) return beforeCreate(unit, model, value)
  return { ...value, $create: await beforeCreate(unit, model, value['$create']) }
}

/** Records can be created from inside embedded structures too. */
async function inField(unit: Unit, field: Field, value: unknown): Promise<unknown> {
  const { edge, item, fields } = field
  if (edge) return beforeEnd(unit, edge.to, value)
  if (item && Array.isArray(value)) return each(value, (element) => inField(unit, item, element))
  if (!fields || !isPlainObject(value)) return value
  const copy: Members = { ...value }
  for (const [name, member] of fields) {
    if (copy[name] !== undefined) copy[name] = await inField(unit, member, copy[name])
  }
  return copy
}

async function each<T>(list: readonly T[], change: (item: T) => Promise<unknown>): Promise<unknown[]> {
  const changed: unknown[] = []
  for (const item of list) changed.push(await change(item))
  return changed
}
