import type { Model } from '../../schema/graph.js'
import type { LogEntry } from '../../store/store.js'
import type { Channel } from './channel.js'
import type { Changes, Prepared } from './drivers/driver.js'
import { translate } from './errors.js'

/** A way of running a prepared statement, and of counting what came of it. */
interface Operation<T> {
  run(prepared: Prepared, parameters: readonly unknown[]): T
  rows(result: T): number
}

const all: Operation<unknown[][]> = {
  run: (prepared, parameters) => prepared.all(parameters),
  rows: (rows) => rows.length,
}
const first: Operation<unknown[] | undefined> = {
  run: (prepared, parameters) => prepared.first(parameters),
  rows: (row) => (row === undefined ? 0 : 1),
}
const run: Operation<Changes> = {
  run: (prepared, parameters) => prepared.run(parameters),
  rows: ({ changes }) => Number(changes),
}

type Kind = LogEntry['kind']

/** Runs statements on a channel for one graph: its errors speak of the graph's models, its log gets every statement. */
export class Executor {
  readonly channel: Channel
  readonly #models: readonly Model[]
  readonly #log: ((entry: LogEntry) => void) | null

  constructor(channel: Channel, models: readonly Model[], log: ((entry: LogEntry) => void) | null) {
    this.channel = channel
    this.#models = models
    this.#log = log
  }

  arrays(statement: string, parameters: readonly unknown[]): unknown[][] {
    return this.#perform('read', all, statement, parameters)
  }

  row(statement: string, parameters: readonly unknown[]): unknown[] | undefined {
    return this.#perform('read', first, statement, parameters)
  }

  run(kind: Kind, statement: string, parameters: readonly unknown[]): Changes {
    return this.#perform(kind, run, statement, parameters)
  }

  #perform<T>(kind: Kind, operation: Operation<T>, statement: string, parameters: readonly unknown[]): T {
    if (this.#log === null) return this.#attempt(operation, statement, parameters)
    const began = performance.now()
    let rows = 0
    try {
      const result = this.#attempt(operation, statement, parameters)
      if (kind === 'read' || kind === 'write') rows = operation.rows(result)
      return result
    } finally {
      this.#log({ kind, statement, parameters, milliseconds: performance.now() - began, rows })
    }
  }

  #attempt<T>(operation: Operation<T>, statement: string, parameters: readonly unknown[]): T {
    try {
      return operation.run(this.channel.prepared(statement), parameters)
    } catch (error) {
      const { driver, connection } = this.channel
      throw translate(error, { driver, connection, models: this.#models, statement })
    }
  }
}
