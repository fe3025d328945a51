/** What compiled statements run on. Answers come at once where the driver is synchronous, as promises where it is not. */
import type { Session } from '../../store/read.js'

/** An answer that may be there already. */
export type Answer<T> = T | Promise<T>

export interface SqlSession extends Session {
  /** rows of a reading statement, each a list of raw columns */
  arrays(statement: string, parameters: readonly unknown[]): Answer<unknown[][]>
  /** the first row only; undefined where there is none */
  row(statement: string, parameters: readonly unknown[]): Answer<unknown[] | undefined>
  /** the first column of the first row: how a whole JSON document travels fastest */
  value(statement: string, parameters: readonly unknown[]): Answer<unknown>
  /**
   * Runs a writing statement.
   *
   * @param mayCollide it may fail because of a unique value; reads must then still be possible in the transaction
   * @returns how many rows it met
   */
  run(statement: string, parameters: readonly unknown[], mayCollide?: boolean): Answer<number>
  /**
   * Inserts rows; when it fails because of a unique value, reads must still be possible in the transaction.
   *
   * @param rows how many they are
   * @returns the assigned ids, in order; otherwise []
   */
  insert(
    statement: string,
    parameters: readonly unknown[],
    rows: number,
    target: InsertTarget,
  ): Answer<readonly unknown[]>
}

/** Where rows are inserted. */
export interface InsertTarget {
  /** the table and the columns of its primary key, as they are written */
  readonly table: string
  readonly key: readonly string[]
  /** the database assigns the ids */
  readonly assigned: boolean
}

/** Goes on with an answer without making a promise of one that is there already. */
export function after<T, R>(answer: Answer<T>, next: (value: T) => R): Answer<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer)
}
