import { type Contradictions, doubtAbout } from './doubt.js'
import type { TablePlan } from './table-plan.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { Column, ExistingColumn, ExistingTable, Table } from './table.js'

/**
 * Adds missing columns, and finds fault with those that exist and do not fit.
 *
 * @returns what can be built on then: the table without the columns that stay missing
 */
export function planColumns(
  plan: TablePlan,
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
  contradicted: Contradictions,
): Table {
  const found = new Map(existing.columns.map((column) => [schema.fold(column.name), column]))
  const missing = new Set<string>()
  for (const column of table.columns) {
    const there = found.get(schema.fold(column.name))
    if (there !== undefined) {
      checkColumn(plan, table, column, there)
      if (column.required && !there.required) forbidNull(plan, table, column, schema, contradicted)
    } else if (!addColumn(plan, table, column, existing, schema)) missing.add(column.name)
  }
  return missing.size === 0 ? table : without(table, missing)
}

function without(table: Table, missing: ReadonlySet<string>): Table {
  const there = (columns: readonly string[]): boolean => !columns.some((name) => missing.has(name))
  return {
    ...table,
    columns: table.columns.filter(({ name }) => !missing.has(name)),
    indexes: table.indexes.filter(({ parts }) =>
      there(parts.flatMap((part) => ('column' in part ? part.column : []))),
    ),
    foreignKeys: table.foreignKeys.filter(({ columns }) => there(columns)),
    references: table.references.filter((name) => !missing.has(name)),
  }
}

/** @returns whether it can be added */
function addColumn(
  plan: TablePlan,
  table: Table,
  column: Column,
  existing: ExistingTable,
  schema: SchemaDialect,
): boolean {
  if (table.primaryKey.includes(column.name)) {
    plan.problems.push({
      table: table.name,
      what: `column ${column.name}`,
      reason: 'the table has no such column, and a primary key cannot be added to it',
      fix: `Name the existing key with \`.column()\`, or make the table anew.`,
    })
    return false
  }
  if (column.required && column.initial === null && !existing.empty) {
    plan.problems.push({
      table: table.name,
      what: `column ${column.name}`,
      reason: 'it is required, and the rows that exist have no value for it',
      fix: 'Make it `.optional()`, or give it a constant default (references have none).',
    })
    return false
  }
  // A column with a default cannot bring a foreign key along.
  const inline = schema.inlineForeignKeys && column.initial === null
  const foreignKey = inline ? foreignKeyOf(table, column.name) : null
  plan.created.push(`column ${table.name}.${column.name}`)
  plan.statements.push(schema.addColumn(table.name, column, foreignKey))
  return true
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

function forbidNull(
  plan: TablePlan,
  table: Table,
  { name }: Column,
  { forbidNull: forbid }: SchemaDialect,
  contradicted: Contradictions,
): void {
  const what = `column ${name}`
  const found = contradicted.get(doubtAbout(table, what))
  if (found === undefined && forbid !== null) {
    plan.created.push(`not null ${table.name}.${name}`)
    plan.statements.push(forbid(table.name, name))
    return
  }
  plan.problems.push({
    table: table.name,
    what,
    reason: found?.reason ?? 'it may be null, and NOT NULL cannot be added to an existing column',
    fix: found?.fix ?? 'Make the field `.optional()`, or make the column anew.',
  })
}

function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value) => right.includes(value))
}
