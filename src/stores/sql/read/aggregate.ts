import type { ChildNode } from '../../../store/read.js'
import { connect, fromRecord } from '../connect.js'
import { orderOver } from './order.js'
import type { Place, ReadNodeInto } from './place.js'
import { page, restrict } from './restrict.js'
import { addGathered, beginSelect, gatheredOf, type Select } from './select.js'
import type { Shape } from './shape.js'

/** Strategy `aggregate`: the targets gathered to one JSON array of rows in a column of the parent's row. */
export const readAggregated = (
  select: Select,
  child: ChildNode,
  parent: Place,
  readNode: ReadNodeInto,
): Shape => {
  const { statement } = select
  const { node, edge } = child
  const connection = connect(statement, edge, fromRecord(parent.record))
  const { target, link } = connection
  const targets = beginSelect(statement, true, connection.steps)
  restrict(targets, node, { record: target, link, element: null })
  const entry = readNode(targets, node, { record: target, link, shown: child.link, path: [] })
  targets.order.push(...orderOver(targets, edge, node.order, connection))
  page(targets, node)
  const column = addGathered(select, ['(', ...gatheredOf(targets, 'row'), ')'])
  return { is: 'list', column, text: !select.gathered, entry }
}
