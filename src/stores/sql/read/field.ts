import { fail } from '../../../errors/index.js'
import type { Edge, Field } from '../../../schema/graph.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import { equal } from '../condition.js'
import { keyOf } from '../connect.js'
import type { Convert } from '../../../store/convert.js'
import { pairs } from '../pairs.js'
import type { Source } from '../source.js'
import { addColumn, addGathered, beginSelect, decodeColumn, gatheredOf, type Select } from './select.js'
import type { Shape } from './shape.js'

/** An adopted column may hold null for a list without entries; a list that is not ordered shows its ids by value (R9, R10). */
const listed =
  (decode: Convert | null, ordered: boolean): Convert =>
  (raw) => {
    const ids = raw === null ? [] : ((decode?.(raw) ?? raw) as unknown[])
    return ordered ? ids : ids.sort(compareIds)
  }

/** Ids that are stored in a join, in the stored order, as they are: deleted targets included (R20). */
const shownFromJoin = (
  select: Select,
  edge: Edge,
  through: NonNullable<Edge['through']>,
  source: Source,
): Shape => {
  const { statement } = select
  const own = keyOf(source, edge.fromKey.paths)
  const { step, far, order } = pairs(statement, edge, through, (exprs) => equal(exprs, own))
  const ids = beginSelect(statement, true, [step])
  const [id, field] = [far[0] ?? '', through.model.fields.get(through.far[0] ?? '') ?? edge.to.id]
  if (field === null) fail('KIN_INTERNAL', { message: `"${edge.association}" has no id to show.` })
  addColumn(ids, id, field)
  for (const expr of [...order, id]) ids.order.push(statement.dialect.order(expr, 'asc', false))
  const column = addGathered(select, ['(', ...gatheredOf(ids, 'column'), ')'])
  const entry: Shape = { is: 'value', column: null, decode: decodeColumn(ids, field) }
  return { is: 'list', column, text: !select.gathered, entry }
}

/** Adds what a field needs to the select; @returns what becomes of it. */
export const readField = (select: Select, source: Source, field: Field): Shape => {
  const { edge } = field
  if (!field.stored && field.kind === 'list' && edge !== null && edge.through !== null) {
    return shownFromJoin(select, edge, edge.through, source)
  }
  const decode = decodeColumn(select, field)
  const column = addColumn(select, source.scalar([field.name], field).expr, field)
  return {
    is: 'value',
    column,
    decode:
      field.kind === 'list' ? listed(decode, edge?.ordered === true || edge?.payload.size !== 0) : decode,
  }
}
