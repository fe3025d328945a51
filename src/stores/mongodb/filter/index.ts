/** Filters as MongoDB has them: documents for `$match` and writes, expressions for what stands inside arrays. */
import type { Field, Model } from '../../../schema/graph.js'
import type { Filter } from '../../../store/filter.js'
import type { Resolve } from '../resolve.js'
import { express, match } from './compile.js'
import type { Document, Expression } from './document.js'
import { beginPipe, type Known, nothingKnown, recordScope } from './scope.js'

export interface CompiledFilter {
  /**
   * The document alone says it all. Otherwise other collections have to be looked at: the ids of the records are read first, and
   * the write is given those.
   */
  readonly selfContained: boolean
  match(resolve: Resolve): Document
}

const looksFurther = (filter: Filter): boolean => {
  switch (filter.is) {
    case 'all':
    case 'any':
      return filter.of.some(looksFurther)
    case 'related':
    case 'relatedCount':
      return true
    case 'element':
      return looksFurther(filter.where)
    case 'contains':
    case 'elementCount':
      return !filter.operand.field.stored
    default:
      return false
  }
}

/** A filter on records of a model, for writes. */
export const compileFilter = (model: Model, filter: Filter): CompiledFilter => ({
  selfContained: !looksFurther(filter),
  match: (resolve) => match(filter, recordScope(beginPipe(resolve), model.fields)),
})

/**
 * A filter on the elements of an array (operands `element`) as an expression that is true or false.
 *
 * @param variable holds the element, without the dollar signs
 * @param known what the filter's relations lead to, which have been looked up
 */
export const elementCondition = (
  array: Field,
  filter: Filter,
  resolve: Resolve,
  variable: string,
  known: Known = nothingKnown,
): Expression => {
  const scope = recordScope(beginPipe(resolve, known), new Map())
  return express(filter, { ...scope, element: { variable, array, path: [array.name] } })
}
