/**
 * Conditions as a store receives them: negation is already pushed down to the leaves, so a store needs two-valued
 * leaves (R2) and nothing else: a leaf that is `negated` is the exact complement of the leaf that is not.
 */
import type { Edge, Field, Path } from '../schema/graph.js'

/** A value of a call (by its place in the call's list of values) or a fixed one. Values are normalised, not encoded. */
export type Value = { readonly slot: number } | { readonly fixed: unknown }

/** What a condition or an order looks at. */
export interface Operand {
  /** the node's record, the pairing that led to it (payload), or the element of an embedded or scalar array */
  readonly of: 'record' | 'link' | 'element'
  /** from there inwards; empty for a scalar element itself. No arrays are crossed. */
  readonly path: Path
  /** the last field of the path; its kind decides how values are encoded and compared */
  readonly field: Field
}

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'like' | 'ilike'

export type Filter =
  /** every one; the empty list is true */
  | { readonly is: 'all'; readonly of: readonly Filter[] }
  /** at least one; the empty list is false */
  | { readonly is: 'any'; readonly of: readonly Filter[] }
  /**
   * `in` takes a list value without nulls. Never true for null unless negated; negated is always true for null.
   * json, object and array operands know only `eq`, by deep equality.
   */
  | {
      readonly is: 'compare'
      readonly operand: Operand
      readonly op: Comparison
      readonly value: Value
      readonly negated: boolean
    }
  | { readonly is: 'null'; readonly operand: Operand; readonly negated: boolean }
  /** a scalar array or a list of ids contains the value */
  | { readonly is: 'contains'; readonly operand: Operand; readonly value: Value; readonly negated: boolean }
  /**
   * A target exists over the edge for which `where` holds (operands `record` in it mean the target, `link` the
   * pairing). `scope` is the target's visibility. With `at`, the edge starts inside the current array element.
   */
  | {
      readonly is: 'related'
      readonly edge: Edge
      readonly at: 'record' | 'element'
      readonly scope: Filter
      readonly where: Filter
      readonly negated: boolean
    }
  /** the number of such targets, compared */
  | {
      readonly is: 'relatedCount'
      readonly edge: Edge
      readonly at: 'record' | 'element'
      readonly scope: Filter
      readonly where: Filter
      readonly op: Comparison
      readonly value: Value
      readonly negated: boolean
    }
  /** an element of an array exists for which `where` holds (operands `element` in it) */
  | { readonly is: 'element'; readonly operand: Operand; readonly where: Filter; readonly negated: boolean }
  /** the number of elements, compared; null counts as none */
  | {
      readonly is: 'elementCount'
      readonly operand: Operand
      readonly op: Comparison
      readonly value: Value
      readonly negated: boolean
    }

export const always: Filter = Object.freeze({ is: 'all', of: [] })
export const never: Filter = Object.freeze({ is: 'any', of: [] })
