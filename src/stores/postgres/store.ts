import { createStore as storeOf } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { checkLayouts } from '../sql/check-layouts.js'
import { bindGraph } from './bound-store.js'
import { type Database, openDatabase } from './open.js'
import type { Target } from './options.js'

/** A PostgreSQL database behind the store contract. */
export function createStore(target: Target): Store {
  return storeOf<Database>({
    name: 'postgres',
    check: checkLayouts,
    open: () => openDatabase(target),
    bind: (database, graph, options) => bindGraph({ database, graph, ...options }),
    close: ({ connections }) => connections.close(),
  })
}
