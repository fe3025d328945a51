import { planColumns } from './plan-columns.js'
import { planForeignKeys } from './plan-foreign-keys.js'
import { planIndexes } from './plan-indexes.js'
import type { SchemaDialect } from './schema-dialect.js'
import type { ExistingTable, Table } from './table.js'
import type { SyncProblem, TablePlan } from './table-plan.js'

export interface SyncPlan {
  readonly created: readonly string[]
  readonly statements: readonly string[]
  readonly problems: readonly SyncProblem[]
}

/**
 * The difference between the tables wanted and those that exist: only ever additions. What would need more than that is
 * a problem, in words.
 *
 * @param repeated names of unique indexes that existing rows contradict
 */
export function planSync(
  desired: readonly Table[],
  existing: readonly ExistingTable[],
  schema: SchemaDialect,
  repeated: ReadonlySet<string>,
): SyncPlan {
  const byName = new Map(existing.map((table) => [schema.fold(table.name), table]))
  const plans = desired.map((table) => {
    const found = byName.get(schema.fold(table.name))
    return found === undefined ? newTable(table, schema) : additions(table, found, schema, repeated)
  })
  return {
    created: plans.flatMap((plan) => plan.created),
    statements: plans.flatMap((plan) => plan.statements),
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
    problems: [],
  }
}

function additions(
  table: Table,
  existing: ExistingTable,
  schema: SchemaDialect,
  repeated: ReadonlySet<string>,
): TablePlan {
  const plan: TablePlan = { created: [], statements: [], problems: [] }
  const complete = planColumns(plan, table, existing, schema)
  planForeignKeys(plan, complete, existing, schema)
  planIndexes(plan, complete, existing, schema, repeated)
  return plan
}
