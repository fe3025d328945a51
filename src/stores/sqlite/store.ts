import type { Store } from '../../store/store.js'
import { bindGraph } from './bound-store.js'
import { checkLayouts } from './check-layouts.js'
import { type Database, openDatabase } from './open.js'
import type { Target } from './options.js'

/** The time from opening to closing. */
interface Span {
  readonly database: Promise<Database>
  /** how many graphs are bound */
  graphs: number
  readonly end: () => Promise<void>
}

/** A SQLite database behind the store contract: opened by the first graph that is bound, closed by the last that leaves. */
export function createStore(target: Target): Store {
  let current: Span | null = null

  const begin = (): Span => {
    const database = openDatabase(target)
    const end = once(async () => {
      if (current === span) current = null
      await closeDatabase(await database)
    })
    const span: Span = { database, graphs: 0, end }
    return span
  }

  return {
    name: 'sqlite',

    async bind(graph, { log }) {
      checkLayouts(graph)
      const span = (current ??= begin())
      span.graphs++
      try {
        const database = await span.database
        const close = once(async () => {
          span.graphs--
          if (span.graphs === 0) await span.end()
        })
        return bindGraph({ database, graph, busyTimeout: target.busyTimeout, log, close })
      } catch (error) {
        // Whoever comes next tries again.
        if (current === span) current = null
        throw error
      }
    },

    async close() {
      await current?.end()
    },
  }
}

/** Closes a database after what is being written. */
async function closeDatabase(database: Database): Promise<void> {
  await database.queue.take()
  try {
    database.close()
  } finally {
    database.queue.give()
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= act())
}
