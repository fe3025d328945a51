/** A graph as plain data: what is made of a database's description, and what a graph or its source is made of. */
import type { CodecCall } from '../schema/codec-call.js'
import type { IdKind } from '../schema/graph.js'
import type { Content } from '../store/description.js'

export interface PulledGraph {
  readonly models: readonly PulledModel[]
  /** tables and views that became no model and no association, each with the reason */
  readonly left: readonly Note[]
  /** what of the others is not as it is in the database */
  readonly notes: readonly Note[]
}

export interface Note {
  readonly table: string
  /** null where the whole table is meant */
  readonly column: string | null
  /** follows the name of the table or column: `has no key` */
  readonly text: string
}

export interface PulledModel {
  readonly name: string
  readonly table: string
  readonly fields: readonly PulledField[]
  /** composite unique keys, by field names */
  readonly unique: readonly (readonly string[])[]
}

export type PulledField = PulledId | PulledScalar | PulledOne | PulledMany

export interface PulledId {
  readonly type: 'id'
  readonly name: 'id'
  readonly idKind: IdKind
  readonly column: string
}

export interface PulledScalar {
  readonly type: 'scalar'
  readonly name: string
  readonly kind: Content['kind']
  readonly precision: number
  readonly scale: number
  readonly values: readonly string[] | null
  readonly codec: CodecCall | null
  readonly column: string
  readonly optional: boolean
  readonly unique: boolean
  readonly hidden: boolean
  /** null for none */
  readonly initial: { readonly value: string | number | boolean } | 'now' | null
}

export interface PulledOne {
  readonly type: 'one'
  readonly name: string
  readonly target: string
  readonly inverse: string
  /** null: the tie that is the default */
  readonly onDelete: 'strong' | 'restrict' | null
  readonly column: string
  readonly optional: boolean
  readonly unique: boolean
}

export interface PulledMany {
  readonly type: 'many'
  readonly name: string
  readonly target: string
  readonly inverse: string
  readonly onDelete: 'restrict' | null
  /** the columns of a table of pairs, or the references of the model that it goes through */
  readonly columns: { readonly holder: string; readonly target: string }
  readonly pairs:
    | { readonly table: string; readonly payload: readonly PulledScalar[] }
    | { readonly through: string }
}
