import { fail } from '../../errors/index.js'
import type { Answer, SqlSession } from '../sql/session.js'
import { type Patience, whenFree } from './busy.js'
import type { Executor } from './executor.js'
import type { WriterQueue } from './writer-queue.js'

/** Reads outside of a transaction. */
export class ReaderSession implements SqlSession {
  readonly inTransaction = false
  readonly #executor: Executor
  readonly #queue: WriterQueue | null
  readonly #patience: Patience

  /** @param queue where reads share their connection with transactions, and must wait for those to end (R28) */
  constructor(executor: Executor, queue: WriterQueue | null, patience: Patience) {
    this.#executor = executor
    this.#queue = queue
    this.#patience = patience
  }

  get native(): unknown {
    return this.#executor.channel.connection.native
  }

  arrays(statement: string, parameters: readonly unknown[]): Answer<unknown[][]> {
    return this.#read(() => this.#executor.arrays(statement, parameters))
  }

  row(statement: string, parameters: readonly unknown[]): Answer<unknown[] | undefined> {
    return this.#read(() => this.#executor.row(statement, parameters))
  }

  value(statement: string, parameters: readonly unknown[]): Answer<unknown> {
    return this.#read(() => this.#executor.row(statement, parameters)?.[0])
  }

  run(): never {
    return writeOutside()
  }

  insert(): never {
    return writeOutside()
  }

  #read<T>(attempt: () => T): Answer<T> {
    return this.#queue?.taken ? this.#queued(this.#queue, attempt) : whenFree(attempt, this.#patience)
  }

  async #queued<T>(queue: WriterQueue, attempt: () => T): Promise<T> {
    await queue.take(this.#patience.signal)
    try {
      return await whenFree(attempt, this.#patience)
    } finally {
      queue.give()
    }
  }
}

function writeOutside(): never {
  return fail('KIN_INTERNAL', { message: 'A write was started outside of a transaction.' })
}
