import { afterAll } from 'vitest'
import type { Graph } from '../../../src/schema/graph.js'
import type { BoundStore, LogEntry } from '../../../src/store/store.js'
import { mongodb, type MongodbOptions } from '../../../src/stores/mongodb/index.js'
import { dropMongodb, mongodbUrl } from '../../helpers/mongodb.js'

const bound: BoundStore[] = []

afterAll(async () => {
  for (const store of bound.splice(0)) await store.close()
  await dropMongodb()
})

/** A new database with everything that the graph needs, dropped after the tests of the file. */
export async function openMongodb(
  graph: Graph,
  options: MongodbOptions & { readonly log?: (entry: LogEntry) => void } = {},
): Promise<BoundStore> {
  const { log = null, ...rest } = options
  const store = await mongodb({ url: mongodbUrl(), ...rest }).bind(graph, { log })
  bound.push(store)
  await store.sync({})
  return store
}
