/** Databases of which several graphs are tried, on PGlite and on a server. */
import { afterAll } from 'vitest'
import { defineGraph } from '../../../src/schema/define-graph.js'
import type { Graph } from '../../../src/schema/graph.js'
import { k } from '../../../src/schema/k.js'
import type { BoundStore, Store, SyncReport } from '../../../src/store/store.js'
import { postgres } from '../../../src/stores/postgres/index.js'
import { newNamespace, postgresUrl, sharedPglite } from '../../helpers/postgres.js'

export interface Namespace {
  readonly schema: string
  /** a graph on it, through a store of its own */
  readonly bind: (graph: Graph) => Promise<BoundStore>
  /** statements that know nothing of kinship, in this namespace; the rows of the last one */
  readonly run: (...statements: string[]) => Promise<Record<string, unknown>[]>
}

interface Native {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>
}

const opened: Store[] = []

afterAll(async () => {
  for (const store of opened.splice(0)) await store.close()
})

/** An empty namespace; it is made where `made`. */
export async function emptyNamespace(where: 'pglite' | 'postgres', made = true): Promise<Namespace> {
  const schema = newNamespace()
  const bind = (graph: Graph): Promise<BoundStore> => {
    const store =
      where === 'pglite'
        ? postgres({ database: sharedPglite(), schema })
        : postgres({ url: postgresUrl ?? '', schema })
    opened.push(store)
    return store.bind(graph, { log: null })
  }
  const any = await bind(defineGraph({ none: k.model({ name: k.string() }) }))
  const run: Namespace['run'] = (...statements) =>
    any.transaction({}, async (session) => {
      const native = session.native as Native
      await native.query(`set local search_path to "${schema}"`)
      let rows: Record<string, unknown>[] = []
      for (const statement of statements) rows = (await native.query(statement)).rows
      return rows
    })
  if (made) await run(`create schema "${schema}"`)
  return { schema, bind, run }
}

export const words = ({ problems }: SyncReport): string[] =>
  problems.map(({ what, reason }) => `${what}: ${reason}`)

export const nothing = { created: [], statements: [], problems: [] }
