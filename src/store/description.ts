/** What a store finds in a database that was made without kinship, in words that all SQL databases share. */
import type { CodecCall } from '../schema/codec-call.js'
import type { FieldKind, IdKind } from '../schema/graph.js'

export interface DatabaseDescription {
  readonly tables: readonly TableDescription[]
  /** what is there, can be read, and is no table of records: views, virtual tables */
  readonly others: readonly { readonly name: string; readonly what: string }[]
}

export interface TableDescription {
  readonly name: string
  readonly columns: readonly ColumnDescription[]
  readonly primaryKey: readonly string[]
  /** columns of each unique index over whole rows; the primary key is not among them */
  readonly uniques: readonly (readonly string[])[]
  readonly foreignKeys: readonly ForeignKeyDescription[]
}

export interface ForeignKeyDescription {
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete: DeleteAction
}

export type DeleteAction = 'cascade' | 'set null' | 'set default' | 'restrict' | 'no action'

export interface ColumnDescription {
  readonly name: string
  /** may not be null */
  readonly required: boolean
  /** its values are computed by the database from those of other columns */
  readonly generated: boolean
  readonly initial: Initial
  /** null: no field can hold what is in it */
  readonly content: Content | null
  /** its type and, where there is no content, what stands in the way; for people */
  readonly words: string
}

/** What a row gets that is inserted without a value for the column. */
export type Initial =
  | { readonly kind: 'none' }
  /** a value as kinship shows it */
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** the time of the insert */
  | { readonly kind: 'now' }
  /** the next number */
  | { readonly kind: 'assigned' }
  /** something else that only the database can compute */
  | { readonly kind: 'computed' }

/** The field that holds what is in a column. */
export interface Content {
  readonly kind: Exclude<FieldKind, 'id' | 'object' | 'array' | 'reference' | 'list'>
  /** decimals */
  readonly precision: number
  readonly scale: number
  /** enums */
  readonly values: readonly string[] | null
  readonly codec: CodecCall | null
  /** the kind of id that its values would be; null where they cannot be ids */
  readonly id: IdKind | null
}
