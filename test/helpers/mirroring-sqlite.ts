import type { Graph } from '../../src/schema/graph.js'
import type { Store } from '../../src/store/store.js'
import { sqlite } from '../../src/stores/sqlite/index.js'
import { sqliteDriver } from './sqlite.js'

/**
 * SQLite in memory that takes mirrors, too. It refuses them because they have no use there, not because it could not
 * store them: this way the engine's part of the layout is tested without a document store.
 */
export function mirroringSqlite(): Store {
  const store = sqlite({ file: ':memory:', driver: sqliteDriver })
  return { ...store, bind: (graph, options) => store.bind(withoutMirrors(graph), options) }
}

/** What the layouts are called is all that the store looks at; where pairs are written is in the keys. */
function withoutMirrors(graph: Graph): Graph {
  const associations = graph.associations.map((edge) => ({ ...edge, layout: 'reference' as const }))
  return { ...graph, associations }
}
