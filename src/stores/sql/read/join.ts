import { fail } from '../../../errors/index.js'
import type { ChildNode } from '../../../store/read.js'
import { keyOf } from '../connect.js'
import type { Place, ReadNodeInto } from './place.js'
import { addColumn, type Select } from './select.js'
import type { Shape } from './shape.js'
import { joinToOne } from './to-one.js'

/** Strategy `join`: the one target in the parent's own row. */
export const readJoined = (
  select: Select,
  child: ChildNode,
  parent: Place,
  readNode: ReadNodeInto,
): Shape => {
  const { edge, node } = child
  const { target, link } = joinToOne(select, edge, parent.record, [node.scope, node.where])
  const [key] = edge.to.primaryKey
  const field = edge.to.fields.get(key ?? '')
  if (key === undefined || field === undefined)
    return fail('KIN_INTERNAL', { message: `"${edge.to.name}" has no key to tell that it is there.` })
  const [expr] = keyOf(target, [[key]])
  const path = [...parent.path, ...child.path]
  const shape = readNode(select, node, { record: target, link, shown: child.link, path })
  return { ...shape, present: addColumn(select, expr ?? '', field) }
}
