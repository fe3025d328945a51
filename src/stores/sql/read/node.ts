import type { ChildNode, ReadNode } from '../../../store/read.js'
import { compileFilter } from '../filter.js'
import { countRelated } from '../filter/related.js'
import { countField, entryField } from '../virtual-field.js'
import { readAggregated } from './aggregate.js'
import { readField } from './field.js'
import { readJoined } from './join.js'
import type { ObjectShape, Place } from './place.js'
import { addColumn, addExpression, decodeColumn, type Select } from './select.js'
import type { Shape } from './shape.js'

type Member = readonly [name: string, shape: Shape]

const readCounts = (select: Select, { counts }: ReadNode, { record }: Place): readonly Member[] => {
  if (counts === null) return []
  const members = counts.map((term): Member => {
    const scope = { record, link: null, element: null }
    const count = countRelated(select.statement, term, 'record', scope, compileFilter)
    const column = addExpression(select, count)
    return [term.name, { is: 'value', column, decode: decodeColumn(select, countField) }]
  })
  return [['$count', { is: 'object', members, present: null }]]
}

/** `$link` from the pairing's own columns, or from the entry of a list that holds them together. */
const readLink = (select: Select, { link, shown }: Place): Shape | null => {
  const [first] = shown
  if (link === null || first === undefined) return null
  if (link.scalar([first.name], first).form === 'raw') {
    const members = shown.map((field): Member => [field.name, readField(select, link, field)])
    return { is: 'object', members, present: null }
  }
  const entry = entryField(shown)
  return { is: 'value', column: addColumn(select, link.json([]), entry), decode: decodeColumn(select, entry) }
}

const readChild = (select: Select, child: ChildNode, place: Place): Shape | null => {
  switch (child.strategy) {
    case 'join':
      return readJoined(select, child, place, readNode)
    case 'aggregate':
      return readAggregated(select, child, place, readNode)
    case 'batch':
      // Inside embedded structures ids are replaced where they stand, so there is no place to keep.
      return child.edge.embedded && child.edge.holder ? null : { is: 'empty', many: child.edge.many }
  }
}

/** Adds what a node shows to a select: fields, ends, `$count`, `$link`, in this order. */
export const readNode = (select: Select, node: ReadNode, place: Place): ObjectShape => {
  select.places.set(JSON.stringify(place.path), place.record)
  const fields = node.fields.map((field): Member => [field.name, readField(select, place.record, field)])
  const children = node.children.flatMap((child): readonly Member[] => {
    const shape = readChild(select, child, place)
    return shape === null ? [] : [[child.path.join('.'), shape]]
  })
  const counts = readCounts(select, node, place)
  const link = readLink(select, place)
  const members = [...fields, ...children, ...counts, ...(link === null ? [] : [['$link', link] as const])]
  return { is: 'object', members, present: null }
}
