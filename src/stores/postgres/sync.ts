import type { Graph } from '../../schema/graph.js'
import type { SyncOptions, SyncReport } from '../../store/store.js'
import type { Dialect } from '../sql/dialect.js'
import { syncTables } from '../sql/schema/sync-tables.js'
import { quote } from './dialect/text.js'
import type { Executor } from './executor.js'
import { existingTables, type Query } from './introspect.js'
import { postgresSchemaDialect } from './schema-dialect.js'
import { runTransaction } from './transaction.js'
import type { TransactionSession } from './transaction-session.js'

interface SyncGround {
  readonly executor: Executor
  readonly graph: Graph
  readonly dialect: Dialect
  /** the namespace; null for the first of the search path */
  readonly schema: string | null
}

/** Brings the database up to the graph, in one transaction, as far as additions go. */
export function sync(ground: SyncGround, options: SyncOptions): Promise<SyncReport> {
  return runTransaction(ground.executor, {}, (session) => syncInside(session, ground, options))
}

/**
 * The same in a transaction that runs. Where something is missing, whoever else finds so at the same time waits for its end
 * and then looks again: statements of a `read committed` transaction see what was committed before them.
 */
export async function syncInside(
  session: TransactionSession,
  ground: Omit<SyncGround, 'executor'>,
  options: SyncOptions,
): Promise<SyncReport> {
  const namespace = ground.schema ?? String(await session.value('select current_schema()', []))
  const wanted = await attempt(session, ground, namespace, { ...options, dryRun: true })
  const complete = wanted.statements.length === 0 && wanted.problems.length === 0
  if (options.dryRun || complete) return wanted
  const lock = `select pg_advisory_xact_lock(hashtextextended('kinship sync ' || $1, 0))`
  await session.arrays(lock, [namespace])
  return attempt(session, ground, namespace, options)
}

async function attempt(
  session: TransactionSession,
  { graph, dialect }: Omit<SyncGround, 'executor'>,
  namespace: string,
  options: SyncOptions,
): Promise<SyncReport> {
  const query: Query = (statement, parameters) => session.arrays(statement, parameters)
  const [there] = await query('select 1 from pg_namespace where nspname = $1', [namespace])
  const missing = { what: `schema ${namespace}`, statement: `create schema ${quote(namespace)}` }
  return syncTables(
    {
      graph,
      schema: postgresSchemaDialect(dialect),
      existing: (names) => existingTables(query, namespace, names),
      finds: async (statement) => (await query(statement, [])).length > 0,
      run: (statement) => session.define(statement),
      first: there === undefined ? [missing] : [],
    },
    options,
  )
}
