import type { SqlSession } from '../sql/session.js'
import type { KinshipError } from '../../errors/index.js'
import type { Executor } from './executor.js'
import { insertRows } from './insert-rows.js'

/** The session of one transaction, until it ends. */
export class TransactionSession implements SqlSession {
  readonly inTransaction = true
  readonly #executor: Executor
  #ended: (() => KinshipError) | null = null

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
    return Number(this.#live().run('write', statement, parameters).changes)
  }

  insert(
    statement: (rows: number) => string,
    rows: readonly (readonly unknown[])[],
    assigned: string | null,
  ): readonly unknown[] {
    return insertRows(this.#live(), statement, rows, assigned !== null)
  }

  /** From now on every call fails: the connection may be in somebody else's transaction. */
  end(reason: () => KinshipError): void {
    this.#ended ??= reason
  }

  #live(): Executor {
    if (this.#ended !== null) throw this.#ended()
    return this.#executor
  }
}
