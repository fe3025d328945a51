import { narrow } from '../plan/scopes.js'
import { unrestricted } from '../plan/visibility.js'
import type { Graph } from '../schema/graph.js'
import type { Store } from '../store/store.js'
import type { Connect } from '../types/db.js'
import { newContext } from './context.js'
import { databaseOf, rootDatabase } from './database.js'
import { newKept } from './kept.js'
import { TransactionGuard } from './transaction-guard.js'
import { checkOptions, refuseArgument } from './write/check-options.js'

interface Options {
  readonly log?: Parameters<Store['bind']>[1]['log'] | undefined
  readonly scopes?: unknown
  readonly closureInMemory?: number | undefined
}

const CLOSURE_IN_MEMORY = 50_000

/**
 * Connects a graph to a store. Creates no tables: `db.sync()` does.
 *
 * @param options `log` is called once per statement sent; `scopes` restrict what is seen of each model, for everybody;
 * `closureInMemory` is how many records of a delete are held in memory
 * @throws KIN_INVALID_ARGUMENT, KIN_DRIVER_MISSING, KIN_STORE_OPEN_FAILED
 * @example
 * const db = await connect(graph, sqlite('shop.db'))
 */
export const connect = (async (graph: Graph, store: Store, options: Options = {}): Promise<object> => {
  checkConnected(graph, store)
  checkOptions(options, ['log', 'scopes', 'closureInMemory'], 'connect')
  const { log, scopes, closureInMemory = CLOSURE_IN_MEMORY } = options
  checkLimit(closureInMemory)
  const visibility = scopes === undefined ? unrestricted : narrow(unrestricted, scopes, graph)
  const bound = await store.bind(graph, { log: log ?? null })
  return rootDatabase(
    newContext({
      graph,
      store: bound,
      visibility,
      kept: newKept(),
      closureInMemory,
      guard: new TransactionGuard(),
      databaseOf,
    }),
  )
}) as unknown as Connect

/** The two are easily left out or mistaken for a path or for models, and then nothing would say so. */
function checkConnected(graph: unknown, store: unknown): void {
  if (!has(graph, 'associations')) {
    refuseArgument('graph', 'a graph', graph, 'Pass what `defineGraph` returns: connect(graph, sqlite(…)).')
  }
  if (!has(store, 'bind')) {
    refuseArgument('store', 'a store', store, "Pass a store, such as sqlite('app.db') of kinship/sqlite.")
  }
}

function checkLimit(limit: unknown): void {
  if (Number.isSafeInteger(limit) && (limit as number) > 0) return
  refuseArgument('closureInMemory', 'a number of records, from 1 on', limit)
}

const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && name in value
