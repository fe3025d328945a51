import type { Operand } from '../../../store/filter.js'
import { encodeItem, hasPayload } from '../values.js'
import { compareCount } from './compare.js'
import { connectPairs } from './connect.js'
import type { Document, Expression } from './document.js'
import { countIn, countStage } from './related.js'
import { expressionOf, helper, type Leaf, pathOf, type Scope } from './scope.js'

/** The edge of a list that is not stored in its record but shown from a join; null for stored ones. */
const shownFrom = ({ field: { stored, edge } }: Operand) =>
  stored || edge === null || edge.through === null ? null : { edge, through: edge.through }

const pairsWith = (scope: Scope, leaf: Leaf<'contains'>): string | null => {
  const shown = shownFrom(leaf.operand)
  if (shown === null) return null
  // Raw ids as they are stored, whatever became of the targets (R20).
  const id = scope.pipe.resolve(leaf.value, encodeItem(leaf.operand.field))
  const as = helper(scope.pipe)
  connectPairs(scope, shown.edge, shown.through, as, ({ far }) => [
    { $match: { [far]: { $eq: id } } },
    { $limit: 1 },
    { $project: { _id: 1 } },
  ])
  return as
}

/** `contains` at a path of the document. */
export const contains = (scope: Scope, leaf: Leaf<'contains'>): Document => {
  const { operand, value, negated } = leaf
  const as = pairsWith(scope, leaf)
  if (as !== null) return { [as]: { [negated ? '$eq' : '$ne']: [] } }
  return containsAt(pathOf(scope, operand), leaf, scope.pipe.resolve(value, encodeItem(operand.field)))
}

/** A list or scalar array at a path contains a value. */
export const containsAt = (
  path: string,
  { operand, negated }: Leaf<'contains'>,
  value: unknown,
): Document => {
  const ids = operand.field.kind === 'list' && hasPayload(operand.field) ? `${path}.id` : path
  return { [ids]: { [negated ? '$ne' : '$eq']: value } }
}

const orNone = (x: Expression): Expression => ({ $ifNull: [x, []] })

/** `contains` as an expression. */
export const containsExpression = (scope: Scope, leaf: Leaf<'contains'>): Expression => {
  const { operand, value, negated } = leaf
  const as = pairsWith(scope, leaf)
  if (as !== null) return { [negated ? '$eq' : '$ne']: [`$${as}`, []] }
  const x = orNone(expressionOf(scope, operand))
  const paired = operand.field.kind === 'list' && hasPayload(operand.field)
  const values = paired ? { $map: { input: x, as: 'entry', in: '$$entry.id' } } : x
  const found = { $in: [{ $literal: scope.pipe.resolve(value, encodeItem(operand.field)) }, values] }
  return negated ? { $not: [found] } : found
}

/** `elementCount`, as an expression. Null counts as none. */
export const elementCount = (scope: Scope, leaf: Leaf<'elementCount'>): Expression => {
  const { operand } = leaf
  const shown = shownFrom(operand)
  if (shown === null) return compareCount({ $size: orNone(expressionOf(scope, operand)) }, leaf, scope.pipe)
  const as = helper(scope.pipe)
  connectPairs(scope, shown.edge, shown.through, as, () => countStage)
  return compareCount(countIn(as), leaf, scope.pipe)
}
