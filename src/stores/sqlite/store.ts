import { createStore as storeOf } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { checkLayouts } from '../sql/check-layouts.js'
import { bindGraph } from './bound-store.js'
import { describeDatabase } from './describe/describe-database.js'
import { type Database, openDatabase } from './open.js'
import type { Target } from './options.js'

/** A SQLite database behind the store contract. */
export function createStore(target: Target): Store {
  const { busyTimeout } = target
  return storeOf<Database>({
    name: 'sqlite',
    check: checkLayouts,
    open: () => openDatabase(target),
    bind: (database, graph, options) => bindGraph({ database, graph, busyTimeout, ...options }),
    describe: ({ reader }) =>
      describeDatabase((statement, parameters) => reader.prepared(statement).all(parameters)),
    close: closeDatabase,
  })
}

/** Closes a database after what is being written. */
async function closeDatabase(database: Database): Promise<void> {
  await database.queue.take()
  try {
    database.close()
  } finally {
    database.queue.give()
  }
}
