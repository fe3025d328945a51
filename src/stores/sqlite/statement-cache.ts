import type { Connection, Prepared } from './drivers/driver.js'

/** Statements of one generation; two generations are kept. */
const GENERATION = 250

/**
 * Prepared statements by their text. What was not used while a generation filled up is let go: nearly the least
 * recently used, without bookkeeping on a hit.
 */
export class StatementCache {
  readonly #connection: Connection
  #young = new Map<string, Prepared>()
  #old = new Map<string, Prepared>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get(text: string): Prepared {
    return this.#young.get(text) ?? this.#keep(text, this.#old.get(text) ?? this.#connection.prepare(text))
  }

  #keep(text: string, prepared: Prepared): Prepared {
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, prepared)
    return prepared
  }
}
