import type { Store } from '../../store/store.js'
import { type OpenDatabase, type PostgresOptions, readOptions } from './options.js'
import { createStore } from './store.js'

export type { OpenDatabase, PostgresOptions } from './options.js'

/**
 * A PostgreSQL database (13 and newer) as a store: a server through `pg`, or PGlite in this process.
 *
 * It is opened by the first `connect` and closed when the last database that was connected to it closes. Every transaction has a
 * connection of the pool for itself; reads outside of one take any that is free. PGlite has one connection: there transactions and
 * reads take turns.
 *
 * A pool or PGlite that is passed in stays open when the store is closed, and its settings stay as they are.
 *
 * Codes, from `connect`: `KIN_UNKNOWN_OPTION`, `KIN_INVALID_ARGUMENT` (at once), `KIN_DRIVER_MISSING`, `KIN_STORE_OPEN_FAILED`,
 * `KIN_GRAPH_FAULTS` (a layout that SQL stores do not have). From calls: `KIN_STORE_BUSY` (no connection became free in time),
 * `KIN_STORE_UNAVAILABLE` (the server went away; the next call connects anew), `KIN_CONFLICT` (concurrent transactions).
 *
 * @param database a URL, options, a `Pool` of `pg`, or a `PGlite`
 * @example
 * const db = await connect(graph, postgres('postgres://localhost/shop'))
 * const test = await connect(graph, postgres({ driver: 'pglite' }))
 */
export function postgres(database: string | PostgresOptions | OpenDatabase): Store {
  return createStore(readOptions(database))
}
