import type { Dialect } from '../sql/dialect.js'
import type { SchemaDialect } from '../sql/schema/schema-dialect.js'
import type { Column, ForeignKey, Table } from '../sql/schema/table.js'
import { literal, quote } from './dialect/text.js'

/** How SQLite makes tables. */
export function sqliteSchemaDialect(dialect: Dialect): SchemaDialect {
  return {
    dialect,
    literal: rawLiteral,
    // The rowid, which is an integer id itself, or the key of a table without one.
    endsInKey: ({ primaryKey, assigned }) => assigned || primaryKey.length > 1,
    inlineForeignKeys: true,
    // SQLite has no index for what is inside of JSON.
    listIndex: null,
    createTable,
    addColumn(table, column, foreignKey) {
      const initial = column.initial === null ? '' : ` default ${column.initial}`
      const reference = foreignKey === null ? '' : ` ${references(foreignKey)}`
      return `alter table ${quote(table)} add column ${columnText(column)}${initial}${reference}`
    },
    createIndex(table, index) {
      const parts = index.parts.map((part) => ('column' in part ? quote(part.column) : part.expression))
      const where = index.where === null ? '' : ` where ${index.where}`
      const unique = index.unique ? 'unique ' : ''
      return `create ${unique}index ${quote(index.name)} on ${quote(table)} (${parts.join(', ')})${where}`
    },
    forbidNull: null,
    addForeignKey: null,
    fold: (name) => name.toLowerCase(),
  }
}

/** The check of an enum's column, as sync writes it and finds it again. */
export function checkText(column: string, values: readonly string[]): string {
  return `check (${quote(column)} in (${values.join(', ')}))`
}

function createTable(table: Table): string {
  const { columns, primaryKey, foreignKeys } = table
  const single = primaryKey.length === 1 ? primaryKey[0] : undefined
  const lines = [
    ...columns.map((column) => `${columnText(column)}${column.name === single ? keyText(column) : ''}`),
    ...(primaryKey.length > 1 ? [`primary key ${names(primaryKey)}`] : []),
    ...foreignKeys.map((key) => `foreign key ${names(key.columns)} ${references(key)}`),
  ]
  // Pairs are found by their key and by nothing else, so the key may be the table.
  const clustered = primaryKey.length > 1 ? ' without rowid' : ''
  return `create table ${quote(table.name)} (\n  ${lines.join(',\n  ')}\n)${clustered}`
}

function columnText({ name, type, required, assigned, values }: Column): string {
  const notNull = required && !assigned ? ' not null' : ''
  const check = values === null ? '' : ` ${checkText(name, values)}`
  return `${quote(name)} ${type}${notNull}${check}`
}

/** AUTOINCREMENT: the id of a deleted record never comes back (R7). */
function keyText({ assigned }: Column): string {
  return assigned ? ' primary key autoincrement' : ' primary key'
}

function references(key: ForeignKey): string {
  return `references ${quote(key.table)} ${names(key.references)} deferrable initially deferred`
}

function names(columns: readonly string[]): string {
  return `(${columns.map(quote).join(', ')})`
}

function rawLiteral(raw: unknown): string {
  if (raw === null || raw === undefined) return 'null'
  if (typeof raw === 'number' || typeof raw === 'bigint') return String(raw)
  if (raw instanceof Uint8Array) return `x'${Buffer.from(raw).toString('hex')}'`
  return literal(raw as string)
}
