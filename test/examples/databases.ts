import { connect, type Db, type Store } from 'kinship'
import { afterEach } from 'vitest'
import type { AnyGraph } from '../../src/types/graph.js'

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

/** A database with the tables of a graph, closed after the test. */
export async function newDb<G extends AnyGraph>(graph: G, store: Store): Promise<Db<G>> {
  const db = await connect(graph, store)
  opened.push(db)
  await db.sync()
  return db
}

/** What an example prints is for people. */
export const silent = (): void => {}
