import { fail } from '../../errors/index.js'
import type { SqlSession } from '../sql/session.js'
import type { Executor } from './executor.js'

/** Reads outside of a transaction, each on a connection that is free. */
export class ReaderSession implements SqlSession {
  readonly inTransaction = false
  readonly #executor: Executor
  readonly #signal: AbortSignal | undefined

  constructor(executor: Executor, signal?: AbortSignal) {
    this.#executor = executor
    this.#signal = signal
  }

  get native(): unknown {
    return this.#executor.connections.driver.native
  }

  async arrays(statement: string, parameters: readonly unknown[]): Promise<unknown[][]> {
    return (await this.#executor.read(statement, parameters, this.#signal)).rows
  }

  async row(statement: string, parameters: readonly unknown[]): Promise<unknown[] | undefined> {
    return (await this.arrays(statement, parameters))[0]
  }

  async value(statement: string, parameters: readonly unknown[]): Promise<unknown> {
    return (await this.arrays(statement, parameters))[0]?.[0]
  }

  run(): never {
    return writeOutside()
  }

  insert(): never {
    return writeOutside()
  }
}

function writeOutside(): never {
  return fail('KIN_INTERNAL', { message: 'A write was started outside of a transaction.' })
}
