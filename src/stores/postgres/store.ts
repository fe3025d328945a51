import { createStore as storeOf } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { checkLayouts } from '../sql/check-layouts.js'
import { bindGraph } from './bound-store.js'
import { describeDatabase } from './describe/describe-database.js'
import { Executor } from './executor.js'
import { type Database, openDatabase } from './open.js'
import type { Target } from './options.js'
import { ReaderSession } from './reader-session.js'

/** A PostgreSQL database behind the store contract. */
export function createStore(target: Target): Store {
  return storeOf<Database>({
    name: 'postgres',
    check: checkLayouts,
    open: () => openDatabase(target),
    bind: (database, graph, options) => bindGraph({ database, graph, ...options }),
    describe: ({ connections, schema }) => {
      const session = new ReaderSession(new Executor(connections, null, [], null))
      return describeDatabase((statement, parameters) => session.arrays(statement, parameters), schema)
    },
    close: ({ connections }) => connections.close(),
  })
}
