/** Writing, as a store receives it. Every call happens inside a transaction's session. */
import type { Field, Model, Path } from '../schema/graph.js'
import type { Filter, Value } from './filter.js'
import type { Session } from './read.js'

/** A stored place of a record: a field, or a member of an embedded object. No arrays are crossed. */
export interface Place {
  readonly path: Path
  /** the last field of the path */
  readonly field: Field
}

/** A change to one stored place of each record that is met. Lists and arrays are changed in place. */
export type Change =
  | { readonly at: Place; readonly op: 'set'; readonly value: Value }
  /** null stays null */
  | { readonly at: Place; readonly op: 'increment'; readonly value: Value }
  /** value: a list of entries of a list field (ids, or `{ id, …payload }` where the edge has a payload) or of array elements */
  | { readonly at: Place; readonly op: 'append'; readonly value: Value }
  /** removes the entries of a list field that have these ids */
  | { readonly at: Place; readonly op: 'removeEntries'; readonly value: Value }
  /** merges `{ id, …payload }` entries into the entries of the same ids */
  | { readonly at: Place; readonly op: 'mergeEntries'; readonly value: Value }
  /** changes members of the elements of an embedded array for which `where` holds (operands `element`) */
  | {
      readonly at: Place
      readonly op: 'updateElements'
      readonly where: Filter
      readonly set: readonly { readonly field: Field; readonly value: Value }[]
    }
  | { readonly at: Place; readonly op: 'removeElements'; readonly where: Filter }

export interface WriteRequest {
  readonly model: Model
  readonly where: Filter
  readonly changes: readonly Change[]
}

export interface CompiledWrite {
  readonly statement: string
  /** @returns how many records were met */
  run(session: Session, values: readonly unknown[]): number | Promise<number>
}

/** Rows to insert: one list of values per row, in the order of `fields`. Values are normalised, not encoded. */
export interface InsertRequest {
  readonly model: Model
  readonly fields: readonly Field[]
}

export interface CompiledInsert {
  readonly statement: string
  /** @returns the ids of the rows, in order, where the database assigns them (no `id` among the fields); otherwise [] */
  run(
    session: Session,
    rows: readonly (readonly unknown[])[],
  ): readonly unknown[] | Promise<readonly unknown[]>
}

/** Pairs to insert where they are missing, each with a record that must be there. */
export interface LinkRequest extends InsertRequest {
  /** the field, one of `fields`, that holds the record's id */
  readonly target: Field
  /** the records it may name; the condition has no slots */
  readonly among: { readonly model: Model; readonly where: Filter }
}

export interface CompiledLink {
  readonly statement: string
  /** @returns how many pairs are new: fewer than given where some were there, or their records were not to be found */
  run(session: Session, rows: readonly (readonly unknown[])[]): number | Promise<number>
}
