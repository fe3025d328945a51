import { KinshipError } from '../../errors/index.js'
import type { Graph } from '../../schema/graph.js'
import type { SyncOptions, SyncReport } from '../../store/store.js'
import { desiredTables } from '../sql/schema/desired-tables.js'
import { missingUniques } from '../sql/schema/plan-indexes.js'
import { planSync, type SyncPlan } from '../sql/schema/plan-sync.js'
import type { SchemaDialect } from '../sql/schema/schema-dialect.js'
import type { ExistingTable, Table } from '../sql/schema/table.js'
import type { Dialect } from '../sql/dialect.js'
import { existingTables, type Query, repeatedStatement } from './introspect.js'
import { sqliteSchemaDialect } from './schema-dialect.js'
import { runTransaction, type TransactionGround } from './transaction.js'
import { quote } from './dialect/text.js'

interface SyncGround extends TransactionGround {
  readonly graph: Graph
  readonly dialect: Dialect
}

/** Brings the database up to the graph, in one transaction, as far as additions go. */
export function sync(
  ground: SyncGround,
  { dryRun = false, partial = false }: SyncOptions,
): Promise<SyncReport> {
  return runTransaction(ground, {}, async () => {
    const { executor } = ground
    const plan = planned(ground, (statement, parameters) => executor.arrays(statement, parameters))
    if (dryRun) return plan
    if (plan.problems.length > 0 && !partial) refuse(plan)
    for (const statement of plan.statements) executor.run('schema', statement, [])
    return plan
  })
}

function planned({ graph, dialect }: SyncGround, query: Query): SyncPlan {
  const schema = sqliteSchemaDialect(dialect)
  const desired = desiredTables(graph, schema, new Date())
  const existing = existingTables(
    query,
    desired.map(({ name }) => name),
  )
  return planSync(desired, existing, schema, repeatedIndexes(query, desired, existing, schema))
}

/** Unique indexes that cannot be made because rows exist that contradict them. */
function repeatedIndexes(
  query: Query,
  desired: readonly Table[],
  existing: readonly ExistingTable[],
  schema: SchemaDialect,
): ReadonlySet<string> {
  const byName = new Map(desired.map((table) => [schema.fold(table.name), table]))
  const missing = existing.flatMap((found) => {
    const table = byName.get(schema.fold(found.name))
    return table ? missingUniques(table, found, schema).map((index) => ({ table, index })) : []
  })
  const contradicted = missing.filter(({ table, index }) => {
    const parts = index.parts.map((part) => ('column' in part ? quote(part.column) : part.expression))
    return query(repeatedStatement(table.name, parts, index.where), []).length > 0
  })
  return new Set(contradicted.map(({ index }) => index.name))
}

function refuse({ problems }: SyncPlan): never {
  const changes = problems.length === 1 ? 'a change' : `${problems.length} changes`
  throw new KinshipError('KIN_SYNC_REFUSED', {
    message: [
      `Sync found ${changes} that it must not make, and made none:`,
      ...problems.map(({ table, what, reason, fix }) => `- ${table}, ${what}: ${reason}. ${fix}`),
    ].join('\n'),
    details: {
      refusals: problems.map(({ table, what, reason, fix }) => ({
        table,
        column: /^column (.+)$/.exec(what)?.[1] ?? null,
        message: `${what}: ${reason}`,
        fix,
      })),
    },
  })
}
