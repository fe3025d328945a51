import { narrow } from '../plan/scopes.js'
import type { SyncOptions } from '../store/store.js'
import type { TransactionOptions } from '../types/db.js'
import type { EngineContext } from './context.js'
import { purge, type PurgeAllOptions } from './delete/purge.js'
import { repositoryOf } from './repository.js'
import { runTransaction } from './transaction.js'

/** The database object of `connect`: a repository for each model, and what belongs to the database as a whole. */
export function rootDatabase(context: EngineContext): object {
  const { graph, guard, store } = context
  const repositories = [...graph.models].map(([name, model]) => [name, repositoryOf(context, model)])
  const close = (): Promise<void> => store.close()
  return Object.freeze({
    ...(Object.fromEntries(repositories) as object),
    ...scopedMembers(context),
    store: store.capabilities,
    sync: async (options: SyncOptions = {}) => {
      guard.check()
      return store.sync(options)
    },
    purge: (options: PurgeAllOptions) => purge(context, options),
    close,
    [Symbol.asyncDispose]: close,
  })
}

/**
 * The database object of a transaction or of a caller's scope. Its repositories are made when they are first used, because such
 * an object lives for one request and seldom needs them all.
 */
export function databaseOf(context: EngineContext): object {
  const database = context.transaction ? transactionMembers(context) : scopedMembers(context)
  for (const [name, model] of context.graph.models) {
    defineLazily(database, name, () => repositoryOf(context, model))
  }
  return database
}

function scopedMembers(context: EngineContext): object {
  return {
    graph: context.graph,
    transaction: <T>(body: (tx: unknown) => Promise<T>, options?: TransactionOptions) =>
      runTransaction(context, body, options),
    scoped: (scopes: unknown) =>
      databaseOf({ ...context, visibility: narrow(context.visibility, scopes, context.graph) }),
  }
}

function transactionMembers({ graph, transaction }: EngineContext): object {
  return {
    graph,
    get native(): unknown {
      transaction?.check()
      return transaction?.session.native
    },
  }
}

function defineLazily(target: object, name: string, make: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const value = make()
      Object.defineProperty(target, name, { value, enumerable: true })
      return value
    },
  })
}
