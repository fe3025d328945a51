import type { Capabilities, LogEntry, Store, SyncOptions, SyncReport } from '../store/store.js'
import type { AnyGraph, ModelName } from './graph.js'
import type { View } from './record.js'
import type { DeleteReport } from './reports.js'
import type { Repository } from './repository.js'
import type { Where } from './where.js'

/** Options of `db.transaction`. */
export interface TransactionOptions {
  /** Default: the store's own, `'serializable'` on SQLite. */
  readonly isolation?: string | undefined
  /** Milliseconds until the transaction is rolled back with KIN_TRANSACTION_TIMEOUT. Default: none. */
  readonly timeout?: number | undefined
  /** How often the callback is run again after a serialization failure. Default: 0. */
  readonly retry?: number | undefined
  /** Rolls back when aborted. */
  readonly signal?: AbortSignal | undefined
}

/** What a caller may see of each model: a filter that is added to every query of it. Models left out are seen whole. */
export type Scopes<G extends AnyGraph> = {
  readonly [N in ModelName<G>]?: Where<G, N> | undefined
}

/** A repository for each model. */
export type Repositories<G extends AnyGraph, V extends View> = {
  readonly [N in ModelName<G>]: Repository<G, N, V>
}

/** What a transaction has besides its models. */
export interface TransactionMembers<G extends AnyGraph> {
  readonly graph: G
  /** The driver's own handle, inside this transaction. */
  readonly native: unknown
}

/** The database inside `db.transaction`: everything done through it is committed together or not at all. */
export type Transaction<G extends AnyGraph, V extends View = 'direct'> = Repositories<G, V> &
  TransactionMembers<G>

/** What a scoped database has besides its models. */
export interface ScopedMembers<G extends AnyGraph> {
  readonly graph: G
  /** Runs a function in one transaction; commits when it resolves, rolls back when it rejects. */
  transaction<T>(body: (tx: Transaction<G, 'scoped'>) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** The same database with further scopes; both must allow. */
  scoped(scopes: Scopes<G>): ScopedDb<G>
}

/** The database as one caller may see it: any to-one end may read null. */
export type ScopedDb<G extends AnyGraph> = Repositories<G, 'scoped'> & ScopedMembers<G>

/** What a database has besides its models. */
export interface DbMembers<G extends AnyGraph, V extends View> {
  readonly graph: G
  /** What the store can do. */
  readonly store: Capabilities
  /**
   * Runs a function in one transaction; commits when it resolves, rolls back when it rejects. Using `db` itself inside
   * is KIN_TRANSACTION_MISUSE; use `tx`.
   *
   * @example
   * await db.transaction(async (tx) => {
   *   const user = await tx.user.create({ name: 'Jane', email: 'j@x.org' })
   *   await tx.post.create({ title: 'Hello', author: user })
   * })
   */
  transaction<T>(body: (tx: Transaction<G, V>) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * The database as one caller may see it.
   *
   * @example
   * const mine = db.scoped({ post: { author: userId } })
   */
  scoped(scopes: Scopes<G>): ScopedDb<G>
  /**
   * Removes for good what was soft-deleted before a date, in every model or in one, as a hard delete does; of every model also
   * the journals.
   */
  purge(options: {
    readonly before: Date
    readonly model?: ModelName<G> | undefined
    readonly signal?: AbortSignal | undefined
  }): Promise<DeleteReport>
  /** Creates tables, columns and indexes that are missing; drops and alters nothing. */
  sync(options?: SyncOptions): Promise<SyncReport>
  /** Closes the connection. */
  close(): Promise<void>
  /** Closes the connection at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * A graph connected to a store: a repository for each model, and what belongs to the database as a whole.
 *
 * @example
 * function serve(db: Db<typeof graph>) { … }
 */
export type Db<G extends AnyGraph, V extends View = 'direct'> = Repositories<G, V> & DbMembers<G, V>

/** Options of `connect`. */
export interface ConnectOptions {
  /** Called once per statement sent, transactions' begin and commit included. */
  readonly log?: ((entry: LogEntry) => void) | undefined
  /**
   * How many records of a delete's closure are held in memory; those of larger ones go to a work table where the store has such
   * (`kinship_closure`). Default: 50,000.
   */
  readonly closureInMemory?: number | undefined
}

/**
 * Connects a graph to a store.
 *
 * @example
 * const db = await connect(graph, sqlite('shop.db'))
 */
export interface Connect {
  /** With scopes: as `db.scoped`, for everybody. */
  <G extends AnyGraph>(
    graph: G,
    store: Store,
    options: ConnectOptions & { readonly scopes: Scopes<G> },
  ): Promise<Db<G, 'scoped'>>
  <G extends AnyGraph>(graph: G, store: Store, options?: ConnectOptions): Promise<Db<G>>
}
