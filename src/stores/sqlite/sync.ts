import type { Graph } from '../../schema/graph.js'
import type { SyncOptions, SyncReport } from '../../store/store.js'
import type { Dialect } from '../sql/dialect.js'
import { syncTables } from '../sql/schema/sync-tables.js'
import { existingTables, type Query } from './introspect.js'
import { sqliteSchemaDialect } from './schema-dialect.js'
import { runTransaction, type TransactionGround } from './transaction.js'

interface SyncGround extends TransactionGround {
  readonly graph: Graph
  readonly dialect: Dialect
}

/** Brings the database up to the graph, in one transaction, as far as additions go. */
export function sync(ground: SyncGround, options: SyncOptions): Promise<SyncReport> {
  return runTransaction(ground, {}, () => syncInside(ground, options))
}

/** The same in a transaction that runs. */
export function syncInside(
  { executor, graph, dialect }: Pick<SyncGround, 'executor' | 'graph' | 'dialect'>,
  options: SyncOptions,
): Promise<SyncReport> {
  const query: Query = (statement, parameters) => executor.arrays(statement, parameters)
  return syncTables(
    {
      graph,
      schema: sqliteSchemaDialect(dialect),
      existing: (names) => existingTables(query, names),
      finds: (statement) => query(statement, []).length > 0,
      run: (statement) => executor.run('schema', statement, []),
    },
    options,
  )
}
