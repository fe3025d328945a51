import type { TablePlan } from './table-plan.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { Column, ExistingColumn, ExistingTable, Table } from './table.js'

/** Adds missing columns, and finds fault with those that exist and do not fit. */
export function planColumns(
  plan: TablePlan,
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
): void {
  const found = new Map(existing.columns.map((column) => [schema.fold(column.name), column]))
  for (const column of table.columns) {
    const there = found.get(schema.fold(column.name))
    if (there === undefined) addColumn(plan, table, column, schema)
    else checkColumn(plan, table, column, there)
  }
}

function addColumn(plan: TablePlan, table: Table, column: Column, schema: SchemaDialect): void {
  if (table.primaryKey.includes(column.name)) {
    plan.problems.push({
      table: table.name,
      what: `column ${column.name}`,
      reason: 'the table has no such column, and a primary key cannot be added to it',
      fix: `Name the existing key with \`.column()\`, or make the table anew.`,
    })
    return
  }
  if (column.required && column.initial === null) {
    plan.problems.push({
      table: table.name,
      what: `column ${column.name}`,
      reason: 'it is required, and the rows that exist have no value for it',
      fix: 'Give the field a constant default, or make it `.optional()`.',
    })
    return
  }
  // A required column comes with a default, and such a column cannot bring a foreign key along.
  const foreignKey = column.required ? null : foreignKeyOf(table, column.name)
  plan.created.push(`column ${table.name}.${column.name}`)
  plan.statements.push(schema.addColumn(table.name, column, foreignKey))
}

function foreignKeyOf(table: Table, column: string) {
  return table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column) ?? null
}

function checkColumn(plan: TablePlan, table: Table, column: Column, there: ExistingColumn): void {
  const problem = (reason: string, fix: string): void => {
    plan.problems.push({ table: table.name, what: `column ${column.name}`, reason, fix })
  }
  if (column.assigned && !there.assigned) {
    problem(
      'its ids are not assigned by the database',
      'Declare the id with `k.id.string()`, or make the column an `integer primary key`.',
    )
  }
  if (column.required && !there.required) {
    problem(
      'it may be null, and NOT NULL cannot be added to an existing column',
      'Make the field `.optional()`, or make the column anew.',
    )
  }
  if (!column.required && there.required && !there.filled) {
    problem(
      'it must not be null, and the field is optional',
      'Take `.optional()` from the field, or allow null in the column.',
    )
  }
  if (column.values !== null && there.values !== null && !sameValues(column.values, there.values)) {
    problem(
      `its check allows other values: ${there.values.join(', ')}`,
      'Make the column anew with the values of the enum.',
    )
  }
}

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value) => right.includes(value))
}
