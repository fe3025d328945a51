import { fail } from '../../errors/index.js'
import { allOf, anyOf } from '../../plan/combine.js'
import { compare, fieldAt, notNull, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { isScoped, type Visibility, visible } from '../../plan/visibility.js'
import type { Field, Model } from '../../schema/graph.js'
import type { Filter } from '../../store/filter.js'
import { idOf } from '../links/id-of.js'
import { keptAtBothEnds } from '../../schema/kept-at-both-ends.js'
import { reflectFields } from '../links/reflect.js'
import { knownAmong, missingTargets, refuseTargets } from './check-targets.js'
import { memberAt } from './input/place.js'
import type { Changes } from './input/read-changes.js'
import type { Chosen } from './read-where.js'
import { requireScope } from './require-scope.js'
import { isZero, limitFor } from '../../schema/values/sums.js'
import { touches } from './touch.js'
import type { Unit } from './unit.js'
import { changeOf } from './write-values.js'

/** A field to be changed, the same way in every record. */
interface Part {
  readonly field: Field
  readonly op: 'set' | 'increment'
  readonly value: unknown
}

/**
 * Changes every record that matches in one statement, and looks before that at what the statement cannot
 * tell: how many match although nothing in them changes, sums out of range, targets that are missing.
 *
 * @returns how many records match
 */
export async function changeAll(unit: Unit, chosen: Chosen, changes: Changes): Promise<number> {
  const { model } = changes.shape
  const parts = partsOf(changes)
  const scoped = isScoped(unit.context.visibility, model)
  const mirrored = parts.some(({ field }) => field.edge !== null && keptAtBothEnds(field.edge))
  const ids = scoped || mirrored ? await idsOf(unit, model, chosen) : null
  const met = ids ? byIds(model, ids, unit.context.visibility) : chosen
  for (const part of parts) if (part.op === 'increment') await refuseOverflow(unit, model, met, part)
  await refuseMissing(unit, met, changes)
  const touched = model.timestamps || model.version
  const counted =
    ids?.length ?? (touched || parts.length === 0 ? await countOf(unit, model, met, 'all') : null)
  if (parts.length === 0) return counted ?? 0
  const moved = ids && mirrored ? await reflectFields(unit, model, ids, changes.values) : []
  const written = await write(unit, model, met, parts, touched, moved)
  if (ids) await requireScope(unit, model, ids)
  return counted ?? written
}

function partsOf({ shape, values, increments }: Changes): Part[] {
  const { model } = shape
  const set = Object.entries(values).map(([name, value]): Part => {
    return { field: fieldAt(model, [name]), op: 'set', value }
  })
  const added = Object.entries(increments).map(([name, value]): Part => {
    return { field: fieldAt(model, [name]), op: 'increment', value }
  })
  return [...set, ...added.filter(({ field, value }) => !isZero(field, value))]
}

/**
 * @param touched only records in which something changes are met, because they are touched (R19)
 * @param moved ids of records whose references have changed already
 */
async function write(
  unit: Unit,
  model: Model,
  { key, filter, values }: Chosen,
  parts: readonly Part[],
  touched: boolean,
  moved: readonly unknown[],
): Promise<number> {
  const first = values.length + 1
  const shape = parts.map(({ field, op, value }) => `${field.name} ${op} ${value === null}`)
  const changed = (): Filter =>
    anyOf(
      ...parts.map((part, index) => differs(part, first + index)),
      ...(moved.length > 0 ? [within(idOf(model), slot(first + parts.length))] : []),
    )
  return unit.write(
    `bulk:${model.name}:${shape.join()}:${moved.length > 0}:${key}`,
    () => ({
      model,
      where: allOf(visible(unit.context.visibility, model, 'exclude'), filter, touched ? changed() : allOf()),
      changes: [
        ...parts.map(({ field, op }, index) => changeOf(model, field.name, op, first + index)),
        ...touches(model, values.length),
      ],
    }),
    [...values, unit.now, ...parts.map(({ value }) => value), moved],
  )
}

/** Whether a record's field changes by it. */
function differs({ field, op, value }: Part, place: number): Filter {
  return op === 'increment' || value === null ? notNull(field) : compare(field, 'eq', slot(place), true)
}

async function countOf(
  unit: Unit,
  model: Model,
  { key, filter, values }: Chosen,
  word: string,
  restricted: (place: number) => Filter = () => allOf(),
  value?: unknown,
): Promise<number> {
  const { rows } = await unit.read(
    `bulk-count:${model.name}:${word}:${key}`,
    () => {
      const scope = visible(unit.context.visibility, model, 'exclude')
      const where = allOf(filter, restricted(values.length))
      return { ...plainRead(plainNode(model, [], where, { scope })), counting: true }
    },
    value === undefined ? values : [...values, value],
  )
  return Number(rows[0]?.['count'] ?? 0)
}

async function idsOf(unit: Unit, model: Model, { key, filter, values }: Chosen): Promise<readonly unknown[]> {
  const id = idOf(model)
  const { rows } = await unit.read(
    `bulk-ids:${model.name}:${key}`,
    () =>
      plainRead(
        plainNode(model, [id], filter, { scope: visible(unit.context.visibility, model, 'exclude') }),
      ),
    values,
  )
  return rows.map((row) => row[id.name])
}

/** The same records, whatever the write makes of them. */
function byIds(model: Model, ids: readonly unknown[], { values, key }: Visibility): Chosen {
  return { key: `ids ${key}`, filter: within(idOf(model), slot(values.length)), values: [...values, ids] }
}

/** A sum must fit its field like any other value (R4). */
async function refuseOverflow(unit: Unit, model: Model, met: Chosen, { field, value }: Part): Promise<void> {
  const limit = limitFor(field, value)
  const over = (place: number): Filter => compare(field, limit.op, slot(place))
  if ((await countOf(unit, model, met, `${limit.op} ${field.name}`, over, limit.value)) === 0) return
  const path = memberAt(field.name, '$inc')
  const message = `The sum is out of the range of "${field.name}" in some of the records.`
  fail('KIN_VALIDATION', {
    message,
    path,
    details: { model: model.name, issues: [{ path, code: 'range', message }] },
  })
}

/** A target that every record holds already is not newly added (R15). */
async function refuseMissing(unit: Unit, met: Chosen, { shape, draft }: Changes): Promise<void> {
  const { model } = shape
  for (const target of await missingTargets(unit, draft.targets, [])) {
    const field = fieldAt(model, target.edge.path)
    const isKnown = await knownAmong(unit, target.edge.to, [target.id])
    if (!isKnown(target.id)) refuseTargets([target])
    const others = (place: number): Filter => compare(field, 'eq', slot(place), true)
    if ((await countOf(unit, model, met, `not ${field.name}`, others, target.id)) > 0) refuseTargets([target])
  }
}
