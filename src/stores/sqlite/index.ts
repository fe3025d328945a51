import type { Store } from '../../store/store.js'
import { type OpenDatabase, readOptions, type SqliteOptions } from './options.js'
import { createStore } from './store.js'

export type { OpenDatabase, SqliteOptions } from './options.js'

/**
 * A SQLite database as a store.
 *
 * It is opened by the first `connect` and closed when the last database that was connected to it closes. Writes of this
 * process to one file take turns, whichever store they come through; the lock of another process is awaited without
 * holding up the event loop, for `busyTimeout` milliseconds at most (then `KIN_STORE_BUSY`). Reads outside of a transaction have a
 * connection of their own and see what is committed; a database in memory, or one passed in open, has one connection
 * only, where reads wait for the transaction that is running.
 *
 * Without options the file is put into WAL mode, which stays with it. With `readOnly` no byte of it changes.
 *
 * A database that is passed in open stays open when the store is closed. Its connection gets `foreign_keys = on` and
 * `busy_timeout = 0`; its other settings are left as they are.
 *
 * Codes, from `connect`: `KIN_UNKNOWN_OPTION`, `KIN_INVALID_ARGUMENT` (at once), `KIN_DRIVER_MISSING`,
 * `KIN_STORE_OPEN_FAILED`, `KIN_STORE_BUSY`, `KIN_GRAPH_FAULTS` (a layout that SQL stores do not have).
 *
 * @param database a path, `:memory:`, options, or an open database of better-sqlite3 or `node:sqlite`
 * @example
 * const db = await connect(graph, sqlite('shop.db'))
 * const archive = await connect(graph, sqlite({ file: 'archive.db', readOnly: true }))
 */
export function sqlite(database: string | SqliteOptions | OpenDatabase): Store {
  return createStore(readOptions(database))
}
