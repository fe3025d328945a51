import type { Filter } from '../../../store/filter.js'
import { encodeItem } from '../values.js'
import { conditions } from './asks-link.js'
import { merged } from './combine.js'
import { compareAt, isStructured, nullAt } from './compare.js'
import { containsAt } from './contains.js'
import type { Document, Expression } from './document.js'
import { expressionOf, fieldsInside, keyPath, type Leaf, type Pipe, type Scope } from './scope.js'

/** Compiles a filter to an expression; handed to the leaves that contain filters. */
export type Express = (filter: Filter, scope: Scope) => Expression

/** The element of an array or list that a filter looks at, in its own variable. */
const inside = (scope: Scope, { operand }: Leaf<'element'>): Scope => {
  const outer = operand.of === 'element' ? scope.element : null
  const depth = outer === null ? 0 : Number(outer.variable.slice(1)) + 1
  const path = [...(outer?.path ?? []), ...operand.path]
  return { ...scope, element: { variable: `i${depth}`, array: operand.field, path } }
}

/** `element` as an expression. */
export const elementExpression = (scope: Scope, leaf: Leaf<'element'>, express: Express): Expression => {
  const within = inside(scope, leaf)
  const input = { $ifNull: [expressionOf(scope, leaf.operand), []] }
  const each = { $map: { input, as: within.element?.variable, in: express(leaf.where, within) } }
  const found = { $anyElementTrue: [each] }
  return leaf.negated ? { $not: [found] } : found
}

/** One condition on a member of an element, for `$elemMatch`; null where only an expression can say it. */
const memberTest = (filter: Filter, leaf: Leaf<'element'>, pipe: Pipe): Document | null => {
  if (filter.is !== 'compare' && filter.is !== 'null' && filter.is !== 'contains') return null
  const { operand } = filter
  if (operand.of !== 'element' || operand.path.length === 0) return null
  const path = keyPath(fieldsInside(leaf.operand.field), operand.path)
  if (filter.is === 'contains')
    return containsAt(path, filter, pipe.resolve(filter.value, encodeItem(operand.field)))
  if (isStructured(operand.field)) return null
  return filter.is === 'compare' ? compareAt(path, filter, pipe) : nullAt(path, filter)
}

/**
 * An element with certain members as `$elemMatch`, which an index can answer; null where the condition is more than members
 * that each have one test.
 */
export const elementMatch = (leaf: Leaf<'element'>, pipe: Pipe): Document | null => {
  const tests = conditions(leaf.where).map((filter) => memberTest(filter, leaf, pipe))
  const known = tests.filter((test) => test !== null)
  if (known.length === 0 || known.length < tests.length) return null
  return merged(known)
}
