import type { SyncReport } from '../../../store/store.js'
import type { Contradictions } from './doubt.js'
import { planColumns } from './plan-columns.js'
import { planForeignKeys } from './plan-foreign-keys.js'
import { planIndexes } from './plan-indexes.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingTable, Table } from './table.js'
import type { TablePlan } from './table-plan.js'

/**
 * The difference between the tables wanted and those that exist: only ever additions. What would need more than that is
 * a problem, in words.
 */
export function planSync(
  desired: readonly Table[],
  existing: readonly ExistingTable[],
  schema: SchemaDialect,
  contradicted: Contradictions,
): SyncReport {
  const byName = new Map(existing.map((table) => [schema.fold(table.name), table]))
  const plans = desired.map((table) => {
    const found = byName.get(schema.fold(table.name))
    return found === undefined ? newTable(table, schema) : additions(table, found, schema, contradicted)
  })
  return {
    created: plans.flatMap((plan) => plan.created),
    statements: [...plans.flatMap((plan) => plan.statements), ...plans.flatMap((plan) => plan.later)],
    problems: plans.flatMap((plan) => plan.problems),
  }
}

function newTable(table: Table, schema: SchemaDialect): TablePlan {
  return {
    created: [`table ${table.name}`, ...table.indexes.map(({ name }) => `index ${name}`)],
    statements: [
      schema.createTable(table),
      ...table.indexes.map((index) => schema.createIndex(table.name, index)),
    ],
    later: schema.inlineForeignKeys
      ? []
      : table.foreignKeys.flatMap((key) => schema.addForeignKey?.(table.name, key) ?? []),
    problems: [],
  }
}

function additions(
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
  contradicted: Contradictions,
): TablePlan {
  const plan: TablePlan = { created: [], statements: [], later: [], problems: [] }
  const complete = planColumns(plan, table, existing, schema, contradicted)
  planForeignKeys(plan, complete, existing, schema, contradicted)
  planIndexes(plan, complete, existing, schema, contradicted)
  return plan
}
