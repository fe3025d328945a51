/** Reading, as a store receives it: a tree of nodes, each one model with everything that restricts and shapes it. */
import type { Edge, Field, Model } from '../schema/graph.js'
import type { Filter, Operand, Value } from './filter.js'

/** One term of an order. Null is the smallest value (R9). Ids complete every order, so that it is total. */
export interface OrderTerm {
  readonly direction: 'asc' | 'desc'
  /** to-one edges to cross first, each with the visibility of what it leads to; a hidden target sorts as null */
  readonly via: readonly { readonly edge: Edge; readonly scope: Filter }[]
  /** the value, on the record reached; or the number of visible targets of a to-many edge */
  readonly by: Operand | { readonly edge: Edge; readonly scope: Filter; readonly where: Filter }
}

/** A number shown in `$count`. */
export interface CountTerm {
  readonly name: string
  readonly edge: Edge
  readonly scope: Filter
  readonly where: Filter
}

export interface ReadNode {
  readonly model: Model
  /** shown fields in the order of the result; a populated name is not among them */
  readonly fields: readonly Field[]
  /** what may be seen of the model at all: soft delete, scopes; kept apart from the caller's `where` */
  readonly scope: Filter
  readonly where: Filter
  readonly order: readonly OrderTerm[]
  /** per parent where the node has one */
  readonly limit: Value | null
  readonly offset: Value | null
  /** null where no `$count` is shown */
  readonly counts: readonly CountTerm[] | null
  /** populated ends, in the order of the result, each loaded by its own strategy */
  readonly children: readonly ChildNode[]
  /**
   * lock what is read until the transaction ends: as a target of new references, for deletion (R30), or, where
   * `locksRecords`, for a change that goes by what is read afterwards
   */
  readonly lock: 'link' | 'change' | 'delete' | null
}

/**
 * join: in the parent's statement, one target at most.
 * aggregate: in the parent's statement, targets gathered to a list per parent.
 * batch: a statement of its own for all parents together.
 */
export type Strategy = 'join' | 'aggregate' | 'batch'

export interface ChildNode {
  readonly edge: Edge
  /** key in the parent's result; inside embedded structures the path to it, arrays crossed */
  readonly path: readonly string[]
  readonly strategy: Strategy
  /** payload fields shown as `$link`; empty for none */
  readonly link: readonly Field[]
  readonly node: ReadNode
  /** why this strategy, for explain */
  readonly reason: string
}

/** What a statement reads for the batches that follow it. */
export interface Carry {
  /** to-one ends to walk from the row to the (joined) record the key belongs to */
  readonly at: readonly string[]
  /** fields of that record that hold the key; a list field gives its raw entries */
  readonly fields: readonly Field[]
}

/**
 * A statement ready to run. Rows come decoded and in the final shape: fields, `$count`, joined and aggregated children
 * and `$link` are in place. A batched child's place holds `[]` (to-many) or null (to-one) until it is filled.
 */
export interface CompiledRead {
  /** the statement as sent, for explain and logs */
  readonly statement: string
  /**
   * @param values the call's values, by slot
   * @param keys the parents' keys, without repetition, where the read is keyed
   */
  run(
    session: Session,
    values: readonly unknown[],
    keys: readonly unknown[],
  ): ReadResult | Promise<ReadResult>
}

export interface ReadResult {
  readonly rows: Record<string, unknown>[]
  /** keyed reads: the parent's key of each row (same length as rows); otherwise null */
  readonly keys: readonly unknown[] | null
  /** one list for each `Carry` asked for, each as long as rows */
  readonly carried: readonly (readonly unknown[])[]
}

/** What `compileRead` is asked for. */
export interface ReadRequest {
  readonly node: ReadNode
  /**
   * Keyed read: the edge from the parent to this node. The run's `keys` are, for an embedded edge, referenced ids
   * (`edge.toKey`); where `edge.fromKey.many` holds, ids of parents; otherwise values of `edge.fromKey`. Within a parent, rows
   * come in the node's order; where that is empty, in the stored order of an ordered edge, else by ascending id. Limit and offset
   * are per parent. A composite key travels as a list of its parts.
   */
  readonly by: Edge | null
  /** payload fields for `$link` of a keyed read */
  readonly link: readonly Field[]
  readonly carry: readonly Carry[]
  /** count the rows instead: rows are `[{ count }]`, fields, order and children are ignored */
  readonly counting: boolean
}

/** A connection's context: outside a transaction, or one transaction. Opaque above the store. */
export interface Session {
  readonly inTransaction: boolean
  /** the driver's own handle */
  readonly native: unknown
}
