import { isKinshipError, KinshipError } from '../../errors/index.js'
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
        return await this.perform(connection, 'read', text, parameters, { signal })
      } catch (error) {
        broken ||= isBroken(error)
        if (attempt > 1 || !isKinshipError(error, 'KIN_CONFLICT') || !isStale(error.cause)) throw error
      } finally {
        signal?.removeEventListener('abort', abort)
        connection.release(broken)
      }
    }
  }

  /**
   * Runs a statement on a connection.
   *
   * @param begin the statement that begins the transaction, where this is its first
   */
  async perform(
    connection: Connection,
    kind: Kind,
    text: string,
    parameters: readonly unknown[],
    { signal, begin = null }: { readonly signal?: AbortSignal | undefined; readonly begin?: string | null },
  ): Promise<Answer> {
    const name = kind === 'read' || kind === 'write' ? (this.#names?.of(text) ?? null) : null
    const began = this.#log === null ? 0 : performance.now()
    if (begin !== null)
      this.#log?.({ kind: 'begin', statement: begin, parameters: [], milliseconds: 0, rows: 0 })
    let rows = 0
    try {
      const answer = await connection.query({ text, parameters, name, begin })
      if (kind === 'read' || kind === 'write') rows = answer.affected
      return answer
    } catch (error) {
      throw this.#translated(error, text, signal)
    } finally {
      this.#log?.({ kind, statement: text, parameters, milliseconds: performance.now() - began, rows })
    }
  }

  #translated(error: unknown, statement: string, signal: AbortSignal | undefined): KinshipError {
    if (this.#names === null || !isStale(error)) {
      return translate(error, { models: this.#models, statement, signal })
    }
    this.#names.renew()
    // Under its new name it is prepared anew: whoever runs the whole again meets it no more.
    return new KinshipError('KIN_CONFLICT', {
      message: 'A prepared statement does not fit any more, or was lost.',
      hint: 'Try again. A pooler that hands out another connection for each transaction needs `prepare: false`.',
      details: { attempts: 1 },
      cause: error,
    })
  }
}
