import { type Contradictions, doubtAbout } from './doubt.js'
import type { TablePlan } from './table-plan.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingForeignKey, ExistingTable, ForeignKey, Table } from './table.js'

/** Adds missing foreign keys where the database can, and finds those that do not fit the tie (R29). */
export function planForeignKeys(
  plan: TablePlan,
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
  contradicted: Contradictions,
): void {
  const { fold } = schema
  const there = new Map(existing.foreignKeys.map((key) => [keyName(key.columns, fold), key]))
  const columns = new Set(existing.columns.map(({ name }) => fold(name)))
  for (const key of table.foreignKeys) {
    const found = there.get(keyName(key.columns, fold))
    if (found !== undefined) check(plan, table, key, found, schema)
    else if (key.columns.every((name) => columns.has(fold(name)))) {
      add(plan, table, key, schema, contradicted)
    } else if (!schema.inlineForeignKeys || !comesWithColumn(table, key)) {
      addWithColumn(plan, table, key, schema)
    }
  }
  const wanted = new Set(table.foreignKeys.map((key) => keyName(key.columns, fold)))
  for (const name of table.references) {
    const found = there.get(keyName([name], fold))
    if (found !== undefined && !wanted.has(keyName([name], fold))) unwanted(plan, table, found)
  }
}

/** A column that is added without a default brings its foreign key along. */
function comesWithColumn(table: Table, key: ForeignKey): boolean {
  const [only] = key.columns
  return (
    key.columns.length === 1 && table.columns.some(({ name, initial }) => name === only && initial === null)
  )
}

function add(
  plan: TablePlan,
  table: Table,
  key: ForeignKey,
  schema: SchemaDialect,
  contradicted: Contradictions,
): void {
  const found = contradicted.get(doubtAbout(table, words(table, key).what))
  if (found !== undefined) {
    plan.problems.push({ ...words(table, key), reason: found.reason, fix: found.fix })
  } else if (addWithColumn(plan, table, key, schema)) {
    plan.created.push(`foreign key ${table.name}.${key.columns.join(', ')}`)
  }
}

/** @returns whether it can be added */
function addWithColumn(plan: TablePlan, table: Table, key: ForeignKey, schema: SchemaDialect): boolean {
  if (schema.addForeignKey !== null) {
    plan.later.push(schema.addForeignKey(table.name, key))
    return true
  }
  plan.problems.push({
    ...words(table, key),
    reason: `a foreign key to "${key.table}" cannot be added to an existing column`,
    fix: 'Make the table anew, or go on without (`partial: true`): kinship carries out every tie itself.',
  })
  return false
}

function check(
  plan: TablePlan,
  table: Table,
  key: ForeignKey,
  found: ExistingForeignKey,
  { fold }: SchemaDialect,
): void {
  if (fold(found.table) !== fold(key.table)) {
    plan.problems.push({
      ...words(table, key),
      reason: `its foreign key leads to "${found.table}", the association to "${key.table}"`,
      fix: 'Correct the target of the association, or drop the foreign key.',
    })
  } else if (!['NO ACTION', 'RESTRICT', ...key.harmless].includes(found.onDelete)) {
    plan.problems.push({
      ...words(table, key),
      reason: `its foreign key does ${found.onDelete} on delete, which does not fit the tie`,
      fix: 'Drop the foreign key or its delete rule, or declare the tie that fits it.',
    })
  }
}

function unwanted(plan: TablePlan, table: Table, found: ExistingForeignKey): void {
  plan.problems.push({
    ...words(table, found),
    reason: `its foreign key to "${found.table}" forbids what a soft or dirty tie leaves behind`,
    fix: 'Drop the foreign key by hand, or declare another tie.',
  })
}

function words(table: Table, { columns }: { readonly columns: readonly string[] }) {
  return { table: table.name, what: `column ${columns.join(', ')}` }
}

function keyName(columns: readonly string[], fold: (name: string) => string): string {
  return columns.map(fold).toSorted().join('\n')
}
