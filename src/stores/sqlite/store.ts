import type { Store } from '../../store/store.js'
import { bindGraph } from './bound-store.js'
import { checkLayouts } from './check-layouts.js'
import { type Database, openDatabase } from './open.js'
import type { Target } from './options.js'

/** A SQLite database behind the store contract: opened by the first graph that is bound, closed by the last that leaves. */
export function createStore(target: Target): Store {
  let opening: Promise<Database> | null = null
  let graphs = 0

  const open = async (): Promise<Database> => {
    try {
      return await (opening ??= openDatabase(target))
    } catch (error) {
      // Whoever comes next tries again.
      opening = null
      throw error
    }
  }

  const close = async (): Promise<void> => {
    const closing = opening
    opening = null
    graphs = 0
    if (closing !== null) await closeDatabase(await closing)
  }

  return {
    name: 'sqlite',
    async bind(graph, { log }) {
      checkLayouts(graph)
      graphs++
      try {
        const database = await open()
        const leave = once(async () => {
          graphs--
          if (graphs === 0) await close()
        })
        return bindGraph({ database, graph, busyTimeout: target.busyTimeout, log, close: leave })
      } catch (error) {
        graphs--
        throw error
      }
    },
    close,
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
