/** Tables as the graph wants them, and as a database has them. */

export interface Column {
  readonly name: string
  readonly type: string
  /** not null */
  readonly required: boolean
  /** the database assigns its values: an integer id */
  readonly assigned: boolean
  /** the only values allowed, as SQL literals; null for any */
  readonly values: readonly string[] | null
  /** the value of existing rows when the column is added to a table, as a SQL literal; null for none */
  readonly initial: string | null
}

export interface Index {
  readonly name: string
  /** columns (names) or expressions (SQL); what is not a plain column is only recognised by the index's name */
  readonly parts: readonly IndexPart[]
  /** how many leading parts look-ups need; the others are there for the order (R9) */
  readonly needed: number
  readonly unique: boolean
  /** SQL condition of a partial index; null for none */
  readonly where: string | null
  /** the database's word for how it is built, where that is not its usual way; null for the usual one */
  readonly method: string | null
}

export type IndexPart = { readonly column: string } | { readonly expression: string }

export interface ForeignKey {
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  /** the delete rules a database may carry out by itself because the tie would do the same */
  readonly harmless: readonly string[]
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly Index[]
  readonly foreignKeys: readonly ForeignKey[]
  /** columns that hold a reference, with or without a foreign key */
  readonly references: readonly string[]
}

export interface ExistingTable {
  readonly name: string
  /** it has no rows */
  readonly empty: boolean
  readonly columns: readonly ExistingColumn[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly ExistingIndex[]
  readonly foreignKeys: readonly ExistingForeignKey[]
}

export interface ExistingColumn {
  readonly name: string
  readonly required: boolean
  /** a missing value is filled in by the database */
  readonly filled: boolean
  /** the database assigns ids in it */
  readonly assigned: boolean
  /** values of a check that sync made, as SQL literals; null where there is none (or it is not known) */
  readonly values: readonly string[] | null
  /** values of two such kinds cannot be compared, so no foreign key leads from one to the other; null where any can */
  readonly kind: string | null
}

export interface ExistingIndex {
  readonly name: string
  /** column names; null for an expression */
  readonly parts: readonly (string | null)[]
  readonly unique: boolean
  readonly where: string | null
  /** null for the database's usual one */
  readonly method: string | null
}

export interface ExistingForeignKey {
  readonly columns: readonly string[]
  readonly table: string
  /** `NO ACTION`, `CASCADE`, … */
  readonly onDelete: string
}
