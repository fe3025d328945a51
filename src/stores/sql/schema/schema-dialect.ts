import type { Field } from '../../../schema/graph.js'
import type { Dialect } from '../dialect.js'
import type { Column, ForeignKey, Index, IndexPart, Table } from './table.js'

/** What differs between SQL databases where tables are made. */
export interface SchemaDialect {
  readonly dialect: Dialect
  /** a raw value as a literal */
  readonly literal: (raw: unknown) => string
  /** an index of such a table ends in the primary key by itself */
  readonly endsInKey: (table: {
    readonly primaryKey: readonly string[]
    readonly assigned: boolean
  }) => boolean
  /**
   * foreign keys are declared with their columns; otherwise they are added by `addForeignKey` when all tables are there, because
   * a key must not lead to a table that is yet to be made
   */
  readonly inlineForeignKeys: boolean
  /** an index for the entries of a list, by which their holders are found; null where the database has none */
  readonly listIndex: ((list: Field) => IndexPart & { readonly method: string }) | null
  readonly createTable: (table: Table) => string
  /** @param foreignKey one that goes with the column, where foreign keys are inline */
  readonly addColumn: (table: string, column: Column, foreignKey: ForeignKey | null) => string
  /** null where the database cannot forbid null in a column that exists */
  readonly forbidNull: ((table: string, column: string) => string) | null
  readonly createIndex: (table: string, index: Index) => string
  /** a foreign key on a column that exists; null where the database cannot add one */
  readonly addForeignKey: ((table: string, foreignKey: ForeignKey) => string) | null
  /** names are compared as the database compares them */
  readonly fold: (name: string) => string
}
