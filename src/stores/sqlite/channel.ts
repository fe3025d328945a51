import { KinshipError } from '../../errors/index.js'
import type { Connection, Driver, Prepared } from './drivers/driver.js'
import { StatementCache } from './statement-cache.js'

/** One connection with its prepared statements. */
export class Channel {
  readonly driver: Pick<Driver, 'name' | 'codeOf'>
  readonly connection: Connection
  readonly #statements: StatementCache
  #closed = false

  constructor(driver: Pick<Driver, 'name' | 'codeOf'>, connection: Connection) {
    this.driver = driver
    this.connection = connection
    this.#statements = new StatementCache(connection)
  }

  get closed(): boolean {
    return this.#closed
  }

  prepared(statement: string): Prepared {
    if (this.#closed) throw storeClosed()
    return this.#statements.get(statement)
  }

  close(): void {
    this.leave()
    this.connection.close()
  }

  /** Lets go of a connection that belongs to somebody else. */
  leave(): void {
    this.#closed = true
  }
}

function storeClosed(): KinshipError {
  return new KinshipError('KIN_STORE_CLOSED', { details: { store: 'sqlite' } })
}
