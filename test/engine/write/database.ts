/** Databases for the tests of writes. */
import type { Graph } from '../../../src/schema/graph.js'
import { type Loose, open, rowsOf } from '../delete/database.js'

export { type Loose, open, refusal } from '../delete/database.js'

export interface Opened {
  readonly db: Loose
  /** the statements that a call sends, begin and commit left out */
  readonly statements: (call: () => Promise<unknown>) => Promise<string[]>
  /** everything that is stored */
  readonly dump: () => Promise<Record<string, unknown>>
}

export async function openGraph(graph: Graph): Promise<Opened> {
  const { db, log, forget } = await open(graph as Loose)
  const tables = [...graph.models.values(), ...graph.joins.values()].map((model) => model.collection)
  return {
    db,
    async statements(call) {
      forget()
      await call()
      const sent = log.filter(({ kind }) => kind === 'read' || kind === 'write')
      return sent.map(({ kind, statement }) => `${kind}: ${statement}`)
    },
    async dump() {
      const content: Record<string, unknown> = {}
      for (const table of tables) content[table] = await rowsOf(db, table)
      return content
    },
  }
}

/** Strips a statement to the table it is about: `insert user`. */
export function inShort(statement: string): string {
  const [, verb, table] =
    /^\w+: (insert|delete|update|select)(?: into| from|.*? from)? "(\w+)"/.exec(statement) ?? []
  return `${verb ?? statement} ${table ?? ''}`
}
