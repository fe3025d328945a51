import { allOf } from '../../../plan/combine.js'
import { isNull, plainNode, plainRead, slot, within } from '../../../plan/conditions.js'
import { deletedAtOf } from '../../../plan/visibility.js'
import type { Field, Model, Unique } from '../../../schema/graph.js'
import type { Filter, Operand } from '../../../store/filter.js'
import type { TakenAnswer } from '../../../ties/question.js'
import { type Row, valueAt } from '../../../ties/references.js'
import { idOf } from '../../links/id-of.js'
import type { Unit } from '../../write/unit.js'
import { chunks } from '../../../ties/chunks.js'
import { toJournal } from '../journal/journal-value.js'

/** Which of these soft-deleted records have a unique value that a live record has, and of which fields (R8). */
export async function takenAmong(unit: Unit, model: Model, ids: readonly unknown[]): Promise<TakenAnswer> {
  const found = new Map<unknown, readonly string[]>()
  if (model.uniques.length === 0) return found
  for (const chunk of chunks(ids)) {
    const { rows } = await unit.read(
      `delete:unique:${model.name}`,
      () => plainRead(plainNode(model, uniqueFields(model), within(idOf(model), slot(0)))),
      [chunk],
    )
    for (const unique of model.uniques) {
      const used = await valuesInUse(unit, model, unique, rows)
      for (const row of rows) {
        const key = uniqueKey(model, unique, row)
        if (key !== null && used.has(key) && !found.has(row['id'])) found.set(row['id'], unique.fields)
      }
    }
  }
  return found
}

/** The id, and what is looked at to know the unique values of a record. */
export function uniqueFields(model: Model): readonly Field[] {
  const names = new Set([
    'id',
    ...model.uniques.flatMap(({ fields }) => fields.map((path) => path.split('.')[0]!)),
  ])
  return [...names].map((name) => model.fields.get(name)!)
}

/** The values of a unique key, as text that is the same for the same values; null where one of them is null. */
export function uniqueKey(model: Model, { fields }: Unique, row: Row): string | null {
  const values: unknown[] = []
  for (const path of fields) {
    const { path: place, field } = placeOf(model, path)
    const value = valueAt(row, place)
    if (value === null || value === undefined) return null
    values.push(toJournal(field, value))
  }
  return JSON.stringify(values)
}

/** Of the unique values of these records, those that live records have. */
export async function valuesInUse(
  unit: Unit,
  model: Model,
  unique: Unique,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const places = unique.fields.map((path) => placeOf(model, path))
  const wanted = rows.filter((row) => uniqueKey(model, unique, row) !== null)
  if (wanted.length === 0) return new Set()
  const used = await unit.read(
    `delete:used:${model.name}:${unique.name}`,
    () => {
      const among = places.map((operand, index): Filter => {
        return { is: 'compare', operand, op: 'in', value: slot(index), negated: false }
      })
      const deletedAt = deletedAtOf(model)
      const where = deletedAt ? allOf(isNull(deletedAt), ...among) : allOf(...among)
      const names = new Set(places.map(({ path }) => path[0]!))
      return plainRead(
        plainNode(
          model,
          [...names].map((name) => model.fields.get(name)!),
          where,
        ),
      )
    },
    places.map(({ path }) => wanted.map((row) => valueAt(row, path))),
  )
  return new Set(used.rows.map((row) => uniqueKey(model, unique, row)!))
}

function placeOf(model: Model, path: string): Operand {
  const names = path.split('.')
  let field = model.fields.get(names[0]!)!
  for (const name of names.slice(1)) field = field.fields!.get(name)!
  return { of: 'record', path: names, field }
}
