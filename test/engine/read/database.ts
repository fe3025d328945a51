/** A connected in-memory database filled through the store, so that reading is tested without the writing half. */
import { afterEach } from 'vitest'
import { connect } from '../../../src/index.js'
import type { Field, Graph, Model } from '../../../src/schema/graph.js'
import type { LogEntry, Store } from '../../../src/store/store.js'
import { testStore } from '../../helpers/sqlite.js'

type Row = Readonly<Record<string, unknown>>
/** Rows by model, joins by the association they belong to (`group.members`). */
export type Rows = Readonly<Record<string, readonly Row[]>>

/* oxlint-disable-next-line typescript/no-explicit-any -- results of many graphs; the types have tests of their own */
type Loose = any

export interface Opened {
  readonly db: Loose
  /** what was sent since the last call of `forget` */
  readonly log: LogEntry[]
  readonly store: Store
  readonly forget: () => void
  readonly reads: () => number
  readonly insert: (rows: Rows) => Promise<void>
}

const opened: Opened[] = []

afterEach(async () => {
  for (const { db } of opened.splice(0)) await db.close()
})

export async function open(
  graph: Graph,
  rows: Rows = {},
  wrap = (store: Store): Store => store,
): Promise<Opened> {
  const log: LogEntry[] = []
  const store = wrap(testStore())
  const db: Loose = await connect(graph as Loose, store, { log: (entry) => log.push(entry) })
  await db.sync()
  const database: Opened = {
    db,
    log,
    store,
    forget: () => log.splice(0),
    reads: () => log.filter((entry) => entry.kind === 'read').length,
    insert: (more) => fill(graph, store, more),
  }
  await database.insert(rows)
  database.forget()
  opened.push(database)
  return database
}

async function fill(graph: Graph, store: Store, rows: Rows): Promise<void> {
  const bound = await store.bind(graph, { log: null })
  await bound.transaction({}, async (session) => {
    for (const [name, list] of Object.entries(rows)) {
      const model = graph.models.get(name) ?? graph.joins.get(name)
      if (!model) throw new Error(`The graph has no model ${name}`)
      const fields = storedFields(model)
      const compiled = bound.compileInsert({ model, fields })
      await compiled.run(
        session,
        list.map((row) => fields.map((field) => row[field.name] ?? missing(field))),
      )
    }
  })
  await bound.close()
}

const storedFields = (model: Model): Field[] => [...model.fields.values()].filter((field) => field.stored)

function missing(field: Field): unknown {
  if (field.system === 'createdAt' || field.system === 'updatedAt') return new Date(0)
  if (field.system === 'version') return 1
  return field.kind === 'list' || (field.kind === 'array' && !field.optional) ? [] : null
}

/** A 24-digit id. */
export const id = (n: number): string => n.toString(16).padStart(24, '0')
