/** Databases for the tests of deletes, with a log of what was sent. */
import { afterEach } from 'vitest'
import { connect, type Db, isKinshipError, type KinshipError } from '../../../src/index.js'
import type { Graph } from '../../../src/schema/graph.js'
import type { LogEntry, Store } from '../../../src/store/store.js'
import type { AnyGraph } from '../../../src/types/graph.js'
import { testStore } from '../../helpers/sqlite.js'

/* oxlint-disable-next-line typescript/no-explicit-any -- graphs made from tables of cells have no type worth writing */
export type Loose = any

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const db of opened.splice(0)) await db.close()
})

export interface Opened<D> {
  readonly db: D
  /** statements since the last call of `forget` */
  readonly log: LogEntry[]
  readonly forget: () => void
}

export async function open<G extends AnyGraph>(graph: G, store: Store = testStore()): Promise<Opened<Db<G>>> {
  const log: LogEntry[] = []
  const db = await connect(graph, store, { log: (entry) => log.push(entry) })
  await db.sync()
  log.splice(0)
  opened.push(db)
  return { db, log, forget: () => log.splice(0) }
}

export const openLoose = async (graph: Graph): Promise<Loose> => (await open(graph as Loose)).db

/** The error that a call fails with. */
export async function refusal(call: Promise<unknown>): Promise<KinshipError> {
  try {
    await call
  } catch (error) {
    if (isKinshipError(error)) return error
    throw error
  }
  throw new Error('The call was not refused')
}

/** Rows of a table, soft-deleted ones and those of kinship's own included. */
export function rowsOf(db: Loose, table: string): Promise<Record<string, unknown>[]> {
  return db.transaction((tx: Loose) => tx.native.prepare(`select * from "${table}"`).all())
}

export const countOf = async (db: Loose, table: string): Promise<number> => (await rowsOf(db, table)).length
