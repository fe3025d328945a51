import { defineGraph } from '../../../src/schema/define-graph.js'
import { k } from '../../../src/schema/k.js'
import type { Graph } from '../../../src/schema/graph.js'
import type { BoundStore, SyncReport } from '../../../src/store/store.js'
import { temporaryFile, testStore } from '../../helpers/sqlite.js'

/** A database with these tables already in it, and a graph bound to it. */
export async function adopted(graph: Graph, ...statements: string[]) {
  const file = temporaryFile()
  const first = await testStore({ file }).bind(defineGraph({ none: k.model({ name: k.string() }) }), {
    log: null,
  })
  await run(first, statements)
  const store = await testStore({ file }).bind(graph, { log: null })
  const rows = (statement: string) =>
    store.transaction({}, async (session) =>
      (session.native as { prepare(text: string): { all(): unknown[] } }).prepare(statement).all(),
    )
  return { file, store, rows, run: (...more: string[]) => run(store, more) }
}

async function run(store: BoundStore, statements: readonly string[]) {
  await store.transaction({}, async (session) => {
    for (const statement of statements) (session.native as { exec(text: string): void }).exec(statement)
  })
}

export const words = ({ problems }: SyncReport) => problems.map(({ what, reason }) => `${what}: ${reason}`)
