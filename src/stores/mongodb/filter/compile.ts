import type { Filter } from '../../../store/filter.js'
import { every, some } from './combine.js'
import { compareAt, compareExpression, nullAt, nullExpression } from './compare.js'
import { contains, containsExpression, elementCount } from './contains.js'
import type { Document, Expression } from './document.js'
import { elementExpression, elementMatch } from './element.js'
import { related, relatedCount, relatedExpression } from './related.js'
import { expressionOf, pathOf, type Scope } from './scope.js'

/**
 * A filter as the document of a `$match` or a write. Leaves are exact complements of each other (R2). What lies beyond other
 * collections is looked up by stages that are added to the scope's pipe.
 */
export const match = (filter: Filter, scope: Scope): Document => {
  switch (filter.is) {
    case 'all':
      return every(filter.of.map((part) => match(part, scope)))
    case 'any':
      return some(filter.of.map((part) => match(part, scope)))
    case 'compare':
      return compareAt(pathOf(scope, filter.operand), filter, scope.pipe)
    case 'null':
      return nullAt(pathOf(scope, filter.operand), filter)
    case 'contains':
      return contains(scope, filter)
    case 'related':
      return related(scope, filter, match)
    case 'element': {
      const test = elementMatch(filter, scope.pipe)
      if (test === null) return { $expr: express(filter, scope) }
      const path = pathOf(scope, filter.operand)
      return { [path]: filter.negated ? { $not: { $elemMatch: test } } : { $elemMatch: test } }
    }
    default:
      return { $expr: express(filter, scope) }
  }
}

/** A filter as an expression that is true or false. */
export const express = (filter: Filter, scope: Scope): Expression => {
  switch (filter.is) {
    case 'all':
      return { $and: filter.of.map((part) => express(part, scope)) }
    case 'any':
      return { $or: filter.of.map((part) => express(part, scope)) }
    case 'compare':
      return compareExpression(expressionOf(scope, filter.operand), filter, scope.pipe)
    case 'null':
      return nullExpression(expressionOf(scope, filter.operand), filter)
    case 'contains':
      return containsExpression(scope, filter)
    case 'related':
      return relatedExpression(scope, filter, match)
    case 'relatedCount':
      return relatedCount(scope, filter, match)
    case 'element':
      return elementExpression(scope, filter, express)
    case 'elementCount':
      return elementCount(scope, filter)
  }
}
