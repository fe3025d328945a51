import type { Field } from '../../../schema/graph.js'
import type { Draft, NewRecord } from './draft.js'
import type { Changes } from './read-changes.js'

/** Data that takes fields, and references by id or record, and nothing nested (R33). */
export function refuseNested({ draft, ends }: Changes): void {
  for (const { edge } of ends) refuseEnd(draft, edge.path.join('.'))
  refuseCreated(draft, null)
}

/** The same for the data of a new record. */
export function refuseNestedNew(
  draft: Draft,
  record: NewRecord,
  data: Readonly<Record<string, unknown>>,
): void {
  for (const name of record.shape.ends.keys()) if (data[name] !== undefined) refuseEnd(draft, name)
  refuseCreated(draft, record)
}

function refuseEnd(draft: Draft, place: string): void {
  draft.refuse(place, 'nested', 'This call takes no ends; use `create` or `update`, or a handle.')
}

function refuseCreated(draft: Draft, root: NewRecord | null): void {
  for (const record of draft.records) {
    if (record !== root) draft.refuse(record.path, 'nested', 'This call creates nothing nested; give an id.')
  }
}

/** `updateMany` sets scalars and references that many records may share. */
export function refuseUnshared(changes: Changes): void {
  const { draft, shape, values } = changes
  refuseNested(changes)
  for (const name of Object.keys(values)) {
    const field = shape.model.fields.get(name)
    if (field && isUnshared(field)) {
      draft.refuse(name, 'bulk', 'It is not set for many records at once; use `update`.')
    }
  }
}

function isUnshared({ kind, edge, unique }: Field): boolean {
  return kind === 'object' || kind === 'array' || (edge !== null && unique)
}
