import type { MongoClient } from 'mongodb'
import { KinshipError } from '../../errors/index.js'
import { createStore } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import type { Database } from './database.js'
import { type MongodbOptions, readOptions, type Target } from './options.js'

export type { MongodbOptions } from './options.js'
export type { MongodbHandle } from './session.js'

/**
 * A MongoDB database as a store: MongoDB 5.0 or newer, a replica set (of one node at least) or a sharded cluster, because
 * every write is a transaction.
 *
 * It is connected to by the first `connect` and left when the last database that was connected to it closes. A client that
 * is passed in stays open. What the server can do is asked once, then; `db.store.description` says it.
 *
 * Codes, from `connect`: `KIN_UNKNOWN_OPTION`, `KIN_INVALID_ARGUMENT` (at once), `KIN_DRIVER_MISSING`,
 * `KIN_STORE_OPEN_FAILED`, `KIN_CAPABILITY` (a standalone server).
 *
 * @param database a connection string, options, or a `MongoClient`
 * @example
 * const db = await connect(graph, mongodb('mongodb://127.0.0.1:27017/shop?replicaSet=rs0'))
 * const other = await connect(graph, mongodb({ client, database: 'archive' }))
 */
export function mongodb(database: string | MongodbOptions | MongoClient): Store {
  const target = readOptions(database)
  return createStore<Database>({
    name: 'mongodb',
    check: () => {},
    open: () => open(target),
    bind: (opened, graph, options) => opened.bind(graph, options),
    close: (opened) => opened.close(),
  })
}

/** The driver is an optional dependency, so nothing of it is loaded before it is needed. */
async function open(target: Target): Promise<Database> {
  try {
    await import('mongodb')
  } catch (cause) {
    throw new KinshipError('KIN_DRIVER_MISSING', {
      hint: 'Install it: npm install mongodb',
      details: { store: 'mongodb', drivers: ['mongodb'] },
      cause,
    })
  }
  const { openDatabase } = await import('./open.js')
  return openDatabase(target)
}
