import type { Field } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import { type Draft, idOfItem, type NewRecord } from './input/draft.js'

type Members = Record<string, unknown>

/** A record that was just created, as `findById` gives it: everything about it is known. */
export function shownRecord(record: NewRecord, { pairs }: Draft): Members {
  const { shape, values } = record
  const shown: Members = {}
  for (const { field, place } of shape.shown) {
    shown[field.name] = place === null ? listed(field, record, pairs) : shownValue(field, values[place])
  }
  return shown
}

/** The same with hidden fields, as hooks get it. */
export function wholeRecord({ shape, values }: NewRecord): Members {
  return Object.fromEntries(shape.fields.map((field, place) => [field.name, values[place]]))
}

/** The ids of a one-sided list that is kept in a join. */
function listed({ edge }: Field, record: NewRecord, pairs: Draft['pairs']): unknown[] {
  const own = pairs.filter((pair) => pair.edge === edge && pair.holder.record === record)
  const ids = own.map((pair) => idOfItem(pair.target))
  return edge?.ordered ? ids : ids.sort(compareIds)
}

/** A stored value as it comes back from the database: the caller's own to change, and as precise as its column. */
export function shownValue(field: Field, value: unknown): unknown {
  if (value === null) return null
  if (field.codec) return field.codec.decode(field.codec.encode(value))
  switch (field.kind) {
    case 'date':
      return new Date(value as Date)
    case 'binary':
      return new Uint8Array(value as Uint8Array)
    case 'object':
      return shownObject(field, value as Members)
    case 'array':
      return (value as unknown[]).map((element) => shownValue(field.item ?? field, element))
    case 'list':
      return field.edge?.ordered ? value : (value as unknown[]).toSorted(compareIds)
    default:
      return value
  }
}

function shownObject({ fields }: Field, value: Members): Members {
  const shown: Members = {}
  for (const [name, member] of fields ?? []) {
    if (!member.hidden) shown[name] = shownValue(member, value[name] ?? null)
  }
  return shown
}
