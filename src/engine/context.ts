import type { Visibility } from '../plan/visibility.js'
import type { Graph } from '../schema/graph.js'
import type { Session } from '../store/read.js'
import type { BoundStore } from '../store/store.js'
import type { Kept } from './kept.js'
import type { Maybe } from './maybe.js'
import type { RunningTransaction } from './running-transaction.js'
import type { TransactionGuard } from './transaction-guard.js'

/** Where an operation happens: which graph and store, what the caller may see, outside or inside of a transaction. */
export interface EngineContext {
  readonly graph: Graph
  readonly store: BoundStore
  /** the values of every call begin with `visibility.values`, because the scopes in its filters have the first slots */
  readonly visibility: Visibility
  readonly kept: Kept
  /** how many records of a delete's closure are in memory; more go to a work table (R27) */
  readonly closureInMemory: number
  readonly guard: TransactionGuard
  /** what everything here belongs to; null outside of a transaction */
  readonly transaction: RunningTransaction | null
  /** the database object of a context: the `tx` of transaction callbacks and of hooks */
  readonly databaseOf: (context: EngineContext) => unknown
  /**
   * The session to read with: the transaction's, or one for a read of its own.
   *
   * @throws KIN_TRANSACTION_MISUSE where `db` is used inside of its own transaction
   */
  session(signal?: AbortSignal): Maybe<Session>
}

/** The engine outside of any transaction. */
export function newContext(parts: Omit<EngineContext, 'session' | 'transaction'>): EngineContext {
  const { guard, store } = parts
  return {
    ...parts,
    transaction: null,
    session: (signal) => {
      guard.check()
      return store.reader(signal)
    },
  }
}

/** The same engine inside of a transaction, which refuses to be used when it is over or doomed. */
export function insideTransaction(context: EngineContext, transaction: RunningTransaction): EngineContext {
  return {
    ...context,
    transaction,
    session: () => {
      transaction.check()
      return transaction.session
    },
  }
}
