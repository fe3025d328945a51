import { setImmediate as nextTurn } from 'node:timers/promises'
import { KinshipError } from '../errors/index.js'
import type { Graph } from '../schema/graph.js'
import type { DatabaseDescription } from './description.js'
import type { BoundStore, LogEntry, Store } from './store.js'

/** What a store is made of: how its database is opened, bound and closed. */
export interface StoreParts<Database> {
  readonly name: string
  /** throws for a graph that the store cannot hold */
  readonly check: (graph: Graph) => void
  readonly open: () => Promise<Database>
  readonly bind: (database: Database, graph: Graph, options: BindOptions) => BoundStore
  /** what is in it already; optional as in `Store` */
  readonly describe?: (database: Database) => DatabaseDescription | Promise<DatabaseDescription>
  readonly close: (database: Database) => Promise<void>
}

export interface BindOptions {
  readonly log: ((entry: LogEntry) => void) | null
  /** for `BoundStore.close`: waits for what is being written, and then refuses everything */
  readonly close: () => Promise<void>
}

/** The time from opening to closing. */
interface Span<Database> {
  readonly database: Promise<Database>
  /** how many use it: graphs that are bound, descriptions under way */
  users: number
  readonly end: () => Promise<void>
}

/** A database behind the store contract: opened by the first graph that is bound, closed by the last that leaves. */
export function createStore<Database>(parts: StoreParts<Database>): Store {
  let current: Span<Database> | null = null

  const begin = (): Span<Database> => {
    const database = parts.open()
    const end = once(async () => {
      if (current === span) current = null
      await parts.close(await database)
    })
    const span: Span<Database> = { database, users: 0, end }
    return span
  }

  /** Opens the database, or joins those who have it open; it is closed when the last one has left. */
  const enter = async (): Promise<{ readonly database: Database; readonly leave: () => Promise<void> }> => {
    const span = (current ??= begin())
    span.users++
    try {
      const database = await span.database
      const leave = once(async () => {
        span.users--
        if (span.users === 0) await span.end()
      })
      return { database, leave }
    } catch (error) {
      // Whoever comes next tries again.
      if (current === span) current = null
      throw error
    }
  }

  const { describe } = parts
  return {
    name: parts.name,

    async bind(graph, { log }) {
      parts.check(graph)
      const { database, leave } = await enter()
      const transactions = new Set<Promise<unknown>>()
      let closed = false
      const checkOpen = (): void => {
        if (closed) throw new KinshipError('KIN_STORE_CLOSED', { details: { store: parts.name } })
      }
      const close = once(async () => {
        // Calls that were made before this one are on their way to their transactions.
        await nextTurn()
        closed = true
        await Promise.allSettled(transactions)
        await leave()
      })
      const bound = parts.bind(database, graph, { log, close })
      return {
        ...bound,
        reader(signal) {
          checkOpen()
          return bound.reader(signal)
        },
        async transaction(options, body) {
          checkOpen()
          const transaction = bound.transaction(options, body)
          transactions.add(transaction)
          try {
            return await transaction
          } finally {
            transactions.delete(transaction)
          }
        },
      }
    },

    ...(describe && {
      async describe() {
        const { database, leave } = await enter()
        try {
          return await describe(database)
        } finally {
          await leave()
        }
      },
    }),

    async close() {
      await current?.end()
    },
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= act())
}
