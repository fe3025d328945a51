import type { Field } from '../../../schema/graph.js'
import type { ReadNode, ReadRequest } from '../../../store/read.js'
import type { Dialect } from '../dialect.js'

const columnsOf = (node: ReadNode): readonly Field[] => [
  ...node.fields,
  ...node.children.flatMap((child) =>
    child.strategy === 'join' ? [...child.link, ...columnsOf(child.node)] : [],
  ),
]

/** A row is put together by a function, and databases limit its arguments. */
const MOST_COLUMNS = 100

/** The rows of a read travel best as one gathered value. */
export const travelsGathered = (dialect: Dialect, request: ReadRequest): boolean => {
  const { node, by, link, carry, counting } = request
  if (by === null || counting || node.lock !== null) return false
  const fields = [...columnsOf(node), ...link, ...carry.flatMap((carried) => carried.fields)]
  return fields.length < MOST_COLUMNS && fields.every((field) => dialect.travelsGathered(field))
}
