import { AsyncLocalStorage } from 'node:async_hooks'
import { fail } from '../errors/index.js'

/**
 * Notices `db` being used where only `tx` may be: inside of the callbacks of its own transactions, hooks included (R28).
 *
 * On Node 20 following asynchronous calls slows every promise of the process, so it is done while such a callback runs, and
 * only then.
 */
export class TransactionGuard {
  #inside: AsyncLocalStorage<true> | null = null
  #running = 0

  /** Runs a user's code that belongs to a transaction. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    this.#inside ??= new AsyncLocalStorage()
    this.#running++
    try {
      return await this.#inside.run(true, body)
    } finally {
      this.#running--
      if (this.#running === 0) this.#inside.disable()
    }
  }

  /** @throws KIN_TRANSACTION_MISUSE */
  check(): void {
    if (this.#running > 0 && this.#inside?.getStore()) fail('KIN_TRANSACTION_MISUSE', {})
  }
}
