import type { Dialect } from '../dialect.js'
import type { Column, ForeignKey, Index, Table } from './table.js'

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
  readonly createTable: (table: Table) => string
  /** @param foreignKey one that goes with the column, where it can be added at all */
  readonly addColumn: (table: string, column: Column, foreignKey: ForeignKey | null) => string
  readonly createIndex: (table: string, index: Index) => string
  /** a foreign key on a column that exists; null where the database cannot add one */
  readonly addForeignKey: (table: string, foreignKey: ForeignKey) => string | null
  /** names are compared as the database compares them */
  readonly fold: (name: string) => string
}
