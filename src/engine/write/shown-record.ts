import type { Field } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import { groupBy } from '../links/group-by.js'
import { type Draft, idOfItem, type NewPair, type NewRecord } from './input/draft.js'

type Members = Record<string, unknown>

/** Records that were just created, as `findById` gives them: everything about them is known. */
export function shownRecords(records: readonly NewRecord[], { pairs }: Draft): Members[] {
  const own = pairs.length === 0 ? noPairs : groupBy(pairs, (pair) => pair.holder.record)
  return records.map((record) => {
    const { shape, values } = record
    const shown: Members = {}
    for (const { field, place } of shape.shown) {
      shown[field.name] =
        place === null ? listed(field, own.get(record) ?? []) : shownValue(field, values[place])
    }
    return shown
  })
}

const noPairs: ReadonlyMap<NewRecord | null, NewPair[]> = new Map()

/** The same with hidden fields, as hooks get it. */
export function wholeRecord({ shape, values }: NewRecord): Members {
  return Object.fromEntries(shape.fields.map((field, place) => [field.name, values[place]]))
}

/** The ids of a one-sided list that is kept in a join. @param own the record's pairs */
function listed({ edge }: Field, own: readonly NewPair[]): unknown[] {
  const ids = own.filter((pair) => pair.edge === edge).map((pair) => idOfItem(pair.target))
  return edge?.ordered ? ids : ids.sort(compareIds)
}

/**
 * A stored value as it comes back from the database: the caller's own to change, and as precise as its
 * column.
 */
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
