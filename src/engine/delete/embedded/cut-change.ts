import { fixed, slot } from '../../../plan/conditions.js'
import type { Edge, Field, Path } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import type { Change, Place } from '../../../store/write.js'

/**
 * The change that takes embedded references over an edge out of many records at once; the targets are in slot 1. Null where a
 * store's change cannot reach them: behind a second array, or an optional one deeper inside of an element.
 */
export function cutChange(edge: Edge): Change | null {
  const fields = fieldsAlong(edge)
  const at = fields.findIndex((field) => field.kind === 'array')
  const last = fields.at(-1)!
  const reference = last.item ?? last
  if (at < 0) {
    // Such a reference is optional: there is no element that a required one could take along.
    return { at: { path: edge.path, field: reference }, op: 'set', value: fixed(null) }
  }
  if (fields.some((field, index) => index > at && field.kind === 'array')) return null
  const array: Place = { path: edge.path.slice(0, at + 1), field: fields[at]! }
  const inside = edge.path.slice(at + 1)
  const where = names(inside, reference)
  if (!reference.optional) return { at: array, op: 'removeElements', where }
  if (inside.length !== 1) return null
  return { at: array, op: 'updateElements', where, set: [{ field: reference, value: fixed(null) }] }
}

const names = (path: Path, field: Field): Filter => ({
  is: 'compare',
  operand: { of: 'element', path, field },
  op: 'in',
  value: slot(1),
  negated: false,
})

/** The fields of the edge's path, arrays themselves and not their elements. */
function fieldsAlong({ from, path }: Edge): readonly Field[] {
  const fields: Field[] = []
  let members = from.fields
  for (const name of path) {
    const field = members.get(name)!
    fields.push(field)
    members = (field.item ?? field).fields ?? new Map<string, Field>()
  }
  return fields
}
