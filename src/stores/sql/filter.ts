import type { Filter } from '../../store/filter.js'
import { all, any } from './condition.js'
import { compare, isNull } from './filter/compare.js'
import { contains, element, elementCount } from './filter/element.js'
import { related, relatedCount } from './filter/related.js'
import type { Joins, Scope } from './filter/scope.js'
import type { Fragment } from './fragment.js'
import type { Statement } from './statement.js'

/**
 * A filter as a SQL condition. Leaves are two-valued where it matters (R2): one that is not negated is unknown instead
 * of false for null, which a condition cannot tell apart; one that is negated is its exact complement, null included.
 *
 * @param joins the `from` the condition belongs to, where it may be extended; null where it may not
 */
export const compileFilter = (
  statement: Statement,
  filter: Filter,
  scope: Scope,
  joins: Joins | null,
): Fragment => {
  switch (filter.is) {
    case 'all':
      return all(filter.of.map((part) => compileFilter(statement, part, scope, joins)))
    case 'any': {
      const only = filter.of.length === 1 ? joins : null
      return any(filter.of.map((part) => compileFilter(statement, part, scope, only)))
    }
    case 'compare':
      return compare(statement, filter, scope)
    case 'null':
      return isNull(filter, scope)
    case 'contains':
      return contains(statement, filter, scope)
    case 'related':
      return related(statement, filter, scope, joins, compileFilter)
    case 'relatedCount':
      return relatedCount(statement, filter, scope, compileFilter)
    case 'element':
      return element(statement, filter, scope, compileFilter)
    case 'elementCount':
      return elementCount(statement, filter, scope)
  }
}
