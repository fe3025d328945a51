import type { Model } from '../../schema/graph.js'
import type { LogEntry } from '../../store/store.js'
import type { Connections } from './connections.js'
import type { Answer, Connection } from './drivers/driver.js'
import { isBroken, isStale, translate } from './errors.js'
import type { StatementNames } from './statement-names.js'

type Kind = LogEntry['kind']

/** What is run for one graph: its errors speak of the graph's models, its log gets every statement. */
export class Executor {
  readonly connections: Connections
  readonly #names: StatementNames | null
  readonly #models: readonly Model[]
  readonly #log: ((entry: LogEntry) => void) | null

  /** @param names null where nothing is to be prepared under a name */
  constructor(
    connections: Connections,
    names: StatementNames | null,
    models: readonly Model[],
    log: ((entry: LogEntry) => void) | null,
  ) {
    this.connections = connections
    this.#names = names
    this.#models = models
    this.#log = log
  }

  /** Takes a connection; failures are kinship's. */
  async take(reading: boolean, signal: AbortSignal | undefined): Promise<Connection> {
    try {
      return await this.connections.take(reading, signal)
    } catch (error) {
      throw translate(error, { models: this.#models, statement: null, signal })
    }
  }

  /** One read, outside of a transaction. */
  async read(text: string, parameters: readonly unknown[], signal?: AbortSignal): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const connection = await this.take(true, signal)
      let broken = false
      const abort = (): void => {
        connection.cancel()
        // The request may arrive late, when the connection does something else.
        broken = true
      }
      signal?.addEventListener('abort', abort)
      try {
        return await this.perform(connection, 'read', text, parameters, signal)
      } catch (error) {
        broken ||= isBroken(error)
        // Under its new name the statement is prepared anew.
        if (attempt > 1 || !this.isStale(error)) throw error
      } finally {
        signal?.removeEventListener('abort', abort)
        connection.release(broken)
      }
    }
  }

  /** Runs a statement on a connection. */
  async perform(
    connection: Connection,
    kind: Kind,
    text: string,
    parameters: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<Answer> {
    const name = kind === 'read' || kind === 'write' ? (this.#names?.of(text) ?? null) : null
    const began = this.#log === null ? 0 : performance.now()
    let rows = 0
    try {
      const answer = await connection.query({ text, parameters, name })
      if (kind === 'read' || kind === 'write') rows = answer.affected
      return answer
    } catch (error) {
      if (isStale(error)) this.#names?.renew()
      throw translate(error, { models: this.#models, statement: text, signal })
    } finally {
      this.#log?.({ kind, statement: text, parameters, milliseconds: performance.now() - began, rows })
    }
  }

  /** A prepared statement did not fit any more; it is run again under another name. */
  isStale(error: unknown): boolean {
    return this.#names !== null && error instanceof Error && isStale(error.cause)
  }
}
