import { KinshipError } from '../../errors/index.js'

/** What is under way in a database, until it is closed: what has begun by then is awaited, what comes later is refused. */
export class Work {
  readonly #running = new Set<Promise<unknown>>()
  #closed = false

  /** @throws KIN_STORE_CLOSED */
  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new KinshipError('KIN_STORE_CLOSED', { details: { store: 'mongodb' } })
    const running = act()
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  async end(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#running)
  }
}
