import type { InsertTarget, SqlSession } from '../sql/session.js'
import { isKinshipError, type KinshipError } from '../../errors/index.js'
import type { Changes } from './drivers/driver.js'
import type { Executor } from './executor.js'
import { requireAssigned } from './require-assigned.js'

/** The session of one transaction, until it ends. */
export class TransactionSession implements SqlSession {
  readonly inTransaction = true
  readonly #executor: Executor
  #ended: (() => KinshipError) | null = null
  #deferred = false

  constructor(executor: Executor) {
    this.#executor = executor
  }

  get native(): unknown {
    return this.#live().channel.connection.native
  }

  arrays(statement: string, parameters: readonly unknown[]): unknown[][] {
    return this.#live().arrays(statement, parameters)
  }

  row(statement: string, parameters: readonly unknown[]): unknown[] | undefined {
    return this.#live().row(statement, parameters)
  }

  value(statement: string, parameters: readonly unknown[]): unknown {
    return this.#live().row(statement, parameters)?.[0]
  }

  run(statement: string, parameters: readonly unknown[]): number {
    return Number(this.#write(statement, parameters).changes)
  }

  insert(
    statement: string,
    parameters: readonly unknown[],
    rows: number,
    { table, key, assigned }: InsertTarget,
  ): readonly unknown[] {
    const { lastInsertRowid } = this.#write(statement, parameters)
    if (!assigned) return []
    requireAssigned(this.#live().channel, table, key[0] ?? '', Number(lastInsertRowid))
    // Within one statement, and with one writer at a time, AUTOINCREMENT counts on without gaps.
    return Array.from({ length: rows }, (_, at) => Number(lastInsertRowid) - rows + 1 + at)
  }

  /** From now on every call fails: the connection may be in somebody else's transaction. */
  end(reason: () => KinshipError): void {
    this.#ended ??= reason
  }

  /**
   * Foreign keys of tables that were made otherwise may be immediate. The first that does not hold yet defers all of them
   * to the commit; not before, because the pragma makes SQLite prepare every statement anew.
   */
  #write(statement: string, parameters: readonly unknown[]): Changes {
    const executor = this.#live()
    try {
      return executor.run('write', statement, parameters)
    } catch (error) {
      if (this.#deferred || !isForeignKey(error)) throw error
      this.#deferred = true
      executor.run('write', 'pragma defer_foreign_keys = on', [])
      return executor.run('write', statement, parameters)
    }
  }

  #live(): Executor {
    if (this.#ended !== null) throw this.#ended()
    return this.#executor
  }
}

const isForeignKey = (error: unknown): boolean =>
  isKinshipError(error, 'KIN_STORE_FAILED') && error.details.driverCode === 'SQLITE_CONSTRAINT_FOREIGNKEY'
