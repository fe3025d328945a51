import type { Edge } from '../../schema/graph.js'
import type { ReadResult } from '../../store/read.js'
import type { PreparedBatch } from './prepared.js'

export type Row = Record<string, unknown>

/** The records that a batch fills, in the rows read before it: the rows themselves, or records joined to them. */
export function parentsOf(rows: readonly Row[], at: readonly string[]): readonly (Row | null)[] {
  if (at.length === 0) return rows
  return rows.map((row) => {
    let record: Row | null = row
    for (const name of at) record = record && (record[name] as Row | null)
    return record
  })
}

/** The parents' keys, as long as the rows, in a form that can be looked up. */
export function parentKeys({ carried }: ReadResult, { plan }: PreparedBatch): readonly unknown[] {
  return toLookup((plan.carry === null ? null : carried[plan.carry]) ?? [], plan.child.edge)
}

/** The parents' keys of the rows that a keyed read found, in a form that can be looked up. */
export function foundKeys({ keys }: ReadResult, { plan }: PreparedBatch): readonly unknown[] {
  return toLookup(keys ?? [], plan.child.edge)
}

/** Keys to look up, as a keyed read takes them. */
export function keysToSend(keys: Iterable<unknown>, { plan }: PreparedBatch): unknown[] {
  const list = [...keys]
  return isComposite(plan.child.edge) ? list.map((text) => JSON.parse(text as string) as unknown) : list
}

/** A key of several parts is a list, which no map finds again; its text can be found. */
function toLookup(keys: readonly unknown[], edge: Edge): readonly unknown[] {
  return isComposite(edge) ? keys.map((key) => (key === null ? null : JSON.stringify(key))) : keys
}

const isComposite = ({ fromKey }: Edge): boolean => fromKey.paths.length > 1
