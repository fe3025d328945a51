import { fail } from '../errors/index.js'
import type { Filter, Operand, Value } from '../store/filter.js'
import type { OrderTerm } from '../store/read.js'
import { allOf, anyOf } from './combine.js'

/** A term that a cursor can hold the value of. */
export interface ValueTerm extends OrderTerm {
  readonly by: Operand
}

/** The terms of an order that pages by cursor; sizes change under the reader's feet, so they page by offset only (R11). */
export function valueTerms(order: readonly OrderTerm[]): readonly ValueTerm[] {
  return order.map((term) => {
    if ('field' in term.by) return term as ValueTerm
    return fail('KIN_INVALID_QUERY', {
      message: 'An order by $size has no cursor.',
      path: 'orderBy',
      hint: 'Page by `offset`, or order by fields.',
    })
  })
}

/** Whether pages of this order have cursors at all. */
export function hasCursor(order: readonly OrderTerm[]): boolean {
  return order.every((term) => 'field' in term.by)
}

export function reversed(order: readonly OrderTerm[]): readonly OrderTerm[] {
  return order.map((term) => ({ ...term, direction: term.direction === 'asc' ? 'desc' : 'asc' }))
}

/**
 * What comes after a record in an order: the first term is beyond, or it is equal and the second is beyond, and so on.
 *
 * @param values the record's, one for each term; null where it has none
 */
export function afterKeyset(terms: readonly ValueTerm[], values: readonly (Value | null)[]): Filter {
  const beyond = terms.map((term, index) => {
    const equals = terms.slice(0, index).map((before, at) => equal(before, values[at] ?? null))
    return allOf(...equals, behind(term, values[index] ?? null))
  })
  return terms.length > 1 ? allOf(notBefore(terms, values), anyOf(...beyond)) : anyOf(...beyond)
}

/** Follows from the rest, but lets a database begin to read at the right place of an index. */
function notBefore([first]: readonly ValueTerm[], [value]: readonly (Value | null)[]): Filter {
  if (!first || !value || first.via.length > 0) return allOf()
  if (first.direction === 'asc') return compare(first, 'gte', value)
  return canBeNull(first) ? allOf() : compare(first, 'lte', value)
}

/** Null is the smallest value (R9). */
function behind(term: ValueTerm, value: Value | null): Filter {
  if (term.direction === 'asc') return value ? compare(term, 'gt', value) : isNull(term, true)
  if (!value) return anyOf()
  return canBeNull(term) ? anyOf(compare(term, 'lt', value), isNull(term, false)) : compare(term, 'lt', value)
}

function equal(term: ValueTerm, value: Value | null): Filter {
  return value ? compare(term, 'eq', value) : isNull(term, false)
}

function canBeNull({ via, by }: ValueTerm): boolean {
  return via.length > 0 || by.path.length > 1 || by.field.optional
}

function compare(term: ValueTerm, op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte', value: Value): Filter {
  return over(term, { is: 'compare', operand: term.by, op, value, negated: false }, false)
}

/** What lies beyond a hidden or missing target is null, so null is tested as the absence of a value. */
function isNull(term: ValueTerm, negated: boolean): Filter {
  if (term.via.length === 0) return { is: 'null', operand: term.by, negated }
  return over(term, { is: 'null', operand: term.by, negated: true }, !negated)
}

/** A condition on the record at the end of the term's edges. */
function over({ via }: ValueTerm, condition: Filter, negated: boolean): Filter {
  return via.reduceRight<Filter>(
    (where, { edge, scope }, index) => ({
      is: 'related',
      edge,
      at: 'record',
      scope,
      where,
      negated: negated && index === 0,
    }),
    condition,
  )
}
