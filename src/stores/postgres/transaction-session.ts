import { KinshipError } from '../../errors/index.js'
import type { InsertTarget, SqlSession } from '../sql/session.js'
import type { Answer, Connection } from './drivers/driver.js'
import { isBroken } from './errors.js'
import type { Executor } from './executor.js'

type Kind = Parameters<Executor['perform']>[1]

/** The session of one transaction, until it ends. Its connection runs one statement after another. */
export class TransactionSession implements SqlSession {
  readonly inTransaction = true
  readonly #executor: Executor
  readonly #connection: Connection
  readonly #signal: AbortSignal | undefined
  #begin: string | null
  #ended: (() => KinshipError) | null = null
  #last: Promise<unknown> | null = null
  #broken = false
  #spent = false
  #letGo: () => void = nothing
  readonly givenUp = new Promise<void>((resolve) => {
    this.#letGo = resolve
  })

  /** @param begin the statement that begins it: it goes with the first one */
  constructor(executor: Executor, connection: Connection, begin: string, signal: AbortSignal | undefined) {
    this.#begin = begin
    this.#executor = executor
    this.#connection = connection
    this.#signal = signal
  }

  /** Nobody may use the connection again. */
  get broken(): boolean {
    return this.#broken || this.#spent
  }

  get native(): unknown {
    this.#check()
    // What is done with it comes after, in the driver's own queue. Where it fails, so does all that follows.
    const begin = this.#begin
    this.#begin = null
    if (begin !== null) this.#inTurn('begin', begin, []).catch(nothing)
    return this.#connection.native
  }

  async arrays(statement: string, parameters: readonly unknown[]): Promise<unknown[][]> {
    return (await this.#perform('read', statement, parameters)).rows
  }

  async row(statement: string, parameters: readonly unknown[]): Promise<unknown[] | undefined> {
    return (await this.#perform('read', statement, parameters)).rows[0]
  }

  async value(statement: string, parameters: readonly unknown[]): Promise<unknown> {
    return (await this.#perform('read', statement, parameters)).rows[0]?.[0]
  }

  async run(statement: string, parameters: readonly unknown[], mayCollide = false): Promise<number> {
    const write = (): Promise<Answer> => this.#perform('write', statement, parameters)
    return (await (mayCollide ? this.#guarded(write) : write())).affected
  }

  async insert(
    statement: string,
    parameters: readonly unknown[],
    rows: number,
    { table, key, assigned }: InsertTarget,
  ): Promise<readonly unknown[]> {
    const returning = assigned || rows > 1 ? ` returning ${key.join(', ')}` : ''
    const text = `${statement} on conflict do nothing${returning}`
    const answer = await this.#perform('write', text, parameters)
    const made =
      answer.affected === rows
        ? answer
        : await this.#insertAgain(`${statement}${returning}`, parameters, table, key, answer.rows)
    return assigned ? made.rows.map(([id]) => Number(id)) : []
  }

  /** Runs a statement that makes tables or indexes. */
  define(statement: string): Promise<unknown> {
    return this.#perform('schema', statement, [])
  }

  /**
   * @param reason what later calls get
   * @throws KIN_TRANSACTION_DOOMED where a statement had failed, so that the server has rolled back instead
   */
  async commit(reason: () => KinshipError): Promise<void> {
    this.end(reason)
    if (this.#begin !== null) return
    const { command } = await this.#inTurn('commit', 'commit', [])
    if (command === 'ROLLBACK') throw new KinshipError('KIN_TRANSACTION_DOOMED', {})
  }

  async rollback(): Promise<void> {
    if (this.#begin === null && !this.#broken) await this.#inTurn('rollback', 'rollback', [])
  }

  /**
   * From now on every call fails; what is running is cancelled, through `native` as well. The request may arrive late, when the
   * connection does something else, so nobody gets it afterwards.
   */
  stop(reason: () => KinshipError): void {
    this.end(reason)
    this.#connection.cancel()
    this.#spent = true
  }

  /** From now on every call fails: the connection may be in somebody else's transaction. */
  end(reason: () => KinshipError): void {
    this.#ended ??= reason
  }

  /** The connection is beyond repair; whoever waits for it in vain goes on. */
  giveUp(): void {
    this.#broken = true
    this.#letGo()
  }

  /**
   * After a failed statement PostgreSQL answers no more questions in the transaction, so collisions are left out first, and found by
   * their number: what was inserted beside them is taken back, and the insert is run again for its error, behind a savepoint.
   * Then the engine can still ask whose value it was.
   */
  async #insertAgain(
    statement: string,
    parameters: readonly unknown[],
    table: string,
    key: readonly string[],
    inserted: Answer['rows'],
  ): Promise<Answer> {
    if (inserted.length > 0) {
      const place = (row: number, at: number): string => `$${row * key.length + at + 1}`
      const rows = inserted.map((_, row) => `(${key.map((_name, at) => place(row, at)).join(', ')})`)
      const text = `delete from ${table} where (${key.join(', ')}) in (${rows.join(', ')})`
      await this.#perform('write', text, inserted.flat())
    }
    return this.#guarded(() => this.#perform('write', statement, parameters))
  }

  /** Runs a write that may fail and leave the transaction as it was. */
  async #guarded(write: () => Promise<Answer>): Promise<Answer> {
    await this.#perform('write', 'savepoint kinship', [])
    try {
      const answer = await write()
      await this.#perform('write', 'release savepoint kinship', [])
      return answer
    } catch (error) {
      if (!this.#broken) await this.#perform('write', 'rollback to savepoint kinship', [])
      throw error
    }
  }

  #perform(kind: Kind, statement: string, parameters: readonly unknown[]): Promise<Answer> {
    this.#check()
    return this.#inTurn(kind, statement, parameters)
  }

  async #inTurn(kind: Kind, statement: string, parameters: readonly unknown[]): Promise<Answer> {
    const run = (): Promise<Answer> => this.#attempt(kind, statement, parameters)
    const turn = this.#last === null ? run() : this.#last.then(run)
    const settled = turn.then(nothing, nothing)
    this.#last = settled
    try {
      return await turn
    } finally {
      if (this.#last === settled) this.#last = null
    }
  }

  async #attempt(kind: Kind, statement: string, parameters: readonly unknown[]): Promise<Answer> {
    const signal = this.#signal
    const begin = this.#begin
    this.#begin = null
    try {
      return await this.#executor.perform(this.#connection, kind, statement, parameters, { signal, begin })
    } catch (error) {
      if (isBroken(error)) this.#broken = true
      throw error
    }
  }

  #check(): void {
    if (this.#ended !== null) throw this.#ended()
  }
}

function nothing(): void {}
