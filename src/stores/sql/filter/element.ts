import type { Operand } from '../../../store/filter.js'
import { equal, where } from '../condition.js'
import { keyOf } from '../connect.js'
import { type Fragment, sql } from '../fragment.js'
import { from } from '../from.js'
import { type Pairs, pairs } from '../pairs.js'
import { elementSource } from '../source.js'
import type { Statement } from '../statement.js'
import { compareCount } from './compare.js'
import { type CompileFilter, type Leaf, scalarOf, type Scope, sourceOf } from './scope.js'

/** The pairs of a list that is not stored in its record but shown from a join; null for stored ones. */
const shownPairs = (statement: Statement, { field }: Operand, scope: Scope): Pairs | null => {
  const { edge } = field
  if (field.stored || edge === null || edge.through === null) return null
  const own = keyOf(scope.record, edge.fromKey.paths)
  return pairs(statement, edge, edge.through, (exprs) => equal(exprs, own))
}

/** `contains`. */
export const contains = (statement: Statement, leaf: Leaf<'contains'>, scope: Scope): Fragment => {
  const { dialect } = statement
  const { operand, value, negated } = leaf
  const shown = shownPairs(statement, operand, scope)
  if (shown !== null) {
    // Raw ids as they are stored, whatever became of the targets (R20).
    const begun = from([shown.step])
    const target = operand.field.edge?.to.id
    const right = { value, encode: target ? dialect.encode(target) : null }
    const same = sql`${shown.far.join()} = ${right}`
    const found = sql`exists (select 1${begun.from}${where(sql`${begun.where} and ${same}`)})`
    return negated ? sql`not ${found}` : found
  }
  const json = sourceOf(scope, operand).json(operand.path)
  const right = { value, encode: dialect.encodeContained(operand.field) }
  const found = dialect.contains(json, operand.field, right)
  return negated ? sql`(not ${found} or ${scalarOf(scope, operand).expr} is null)` : found
}

/** `element`. */
export const element = (
  statement: Statement,
  leaf: Leaf<'element'>,
  scope: Scope,
  compile: CompileFilter,
): Fragment => {
  const { dialect } = statement
  const { operand, negated } = leaf
  const json = sourceOf(scope, operand).json(operand.path)
  const alias = statement.alias()
  const outer = operand.of === 'element' && scope.element !== null ? scope.element.path : []
  const path = [...outer, ...operand.path]
  const source = elementSource(dialect, alias, json, operand.field, path)
  const inside: Scope = { ...scope, element: source }
  const condition = compile(statement, leaf.where, inside, null)
  const found = sql`exists (select 1 from ${dialect.elements(json, alias)}${where(condition)})`
  return negated ? sql`not ${found}` : found
}

/** `elementCount`. */
export const elementCount = (statement: Statement, leaf: Leaf<'elementCount'>, scope: Scope): Fragment => {
  const { operand } = leaf
  const shown = shownPairs(statement, operand, scope)
  if (shown === null) {
    const json = sourceOf(scope, operand).json(operand.path)
    return compareCount(statement, [statement.dialect.length(json)], leaf)
  }
  const begun = from([shown.step])
  return compareCount(statement, sql`(select count(*)${begun.from}${where(begun.where)})`, leaf)
}
