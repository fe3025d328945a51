import type { Field, Model } from '../../schema/graph.js'
import { newIdFor } from './new-id.js'
import type { Unit } from './unit.js'

/** A row of some fields made into a row of all: id, defaults and kinship's own fields are filled in. */
export interface CompleteRow {
  readonly fields: readonly Field[]
  readonly row: (values: readonly unknown[]) => readonly unknown[]
}

/**
 * @param given the fields that are written; a value that is undefined counts as not given
 */
export function completeRow(unit: Unit, model: Model, given: readonly Field[]): CompleteRow {
  const rest = [...model.fields.values()].filter(
    (field) => field.stored && !given.includes(field) && !(field === model.id && field.idKind === 'integer'),
  )
  if (rest.length === 0 && given.every((field) => field.default === undefined))
    return { fields: given, row: (values) => values }
  return {
    fields: [...given, ...rest],
    row: (values) => [
      ...values.map((value, index) => (value === undefined ? valueFor(given[index]!, unit) : value)),
      ...rest.map((field) => valueFor(field, unit)),
    ],
  }
}

/** What a field holds when nothing was given: its default, what kinship writes there, or null. */
function valueFor(field: Field, unit: Unit): unknown {
  if (field.kind === 'id') return newIdFor(field)
  if (field.system === 'createdAt' || field.system === 'updatedAt') return unit.now
  if (field.system === 'version') return 1
  const made: unknown =
    typeof field.default === 'function' ? (field.default as () => unknown)() : field.default
  if (made !== undefined) return made
  return field.kind === 'array' || field.kind === 'list' ? [] : null
}
