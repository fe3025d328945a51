import { KinshipError } from '../../errors/index.js'
import { abortedBy, throwIfAborted } from '../../store/aborted.js'
import { type Connection, type Driver, failureOf } from './drivers/driver.js'

/** Taking connections of a driver: not for ever, and not for calls that were given up. */
export class Connections {
  readonly driver: Driver
  readonly #timeout: number
  #closed = false

  /** @param timeout how long to wait for one, in milliseconds */
  constructor(driver: Driver, timeout: number) {
    this.driver = driver
    this.#timeout = timeout
  }

  /**
   * @param reading for one read, otherwise for a transaction
   * @throws KIN_STORE_BUSY, KIN_STORE_UNAVAILABLE after the time limit; what the driver throws when the server refuses
   */
  async take(reading: boolean, signal?: AbortSignal): Promise<Connection> {
    if (this.#closed) throw new KinshipError('KIN_STORE_CLOSED', { details: { store: 'postgres' } })
    throwIfAborted(signal)
    const began = performance.now()
    const taking = this.driver.acquire(reading)
    return new Promise((resolve, reject) => {
      let over = false
      const settle = (how: () => void): void => {
        over = true
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        how()
      }
      const abort = (): void => settle(() => reject(abortedBy(signal as AbortSignal)))
      const timer = setTimeout(() => settle(() => reject(this.#waited(this.#timeout))), this.#timeout)
      signal?.addEventListener('abort', abort)
      taking.then(
        // Who has stopped waiting has no use for it.
        (connection) => (over ? connection.release(false) : settle(() => resolve(connection))),
        (error: unknown) => {
          // A pool may have a shorter time limit of its own, and says so without a code.
          const tired = failureOf(error).code === null && this.driver.exhausted().busy
          if (!over) settle(() => reject(tired ? this.#waited(performance.now() - began) : (error as Error)))
        },
      )
    })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.driver.close()
  }

  #waited(milliseconds: number): KinshipError {
    const { busy, state } = this.driver.exhausted()
    const waitedMs = Math.round(milliseconds)
    if (!busy) {
      return new KinshipError('KIN_STORE_UNAVAILABLE', {
        message: `The PostgreSQL server has not answered for ${waitedMs} ms.`,
        details: { store: 'postgres' },
      })
    }
    return new KinshipError('KIN_STORE_BUSY', {
      message: `No connection became free within ${waitedMs} ms: ${state}.`,
      hint: 'Make transactions shorter, let the pool have more connections (`pool: { max }`), or raise `acquireTimeout`.',
      details: { store: 'postgres', waitedMs },
    })
  }
}
