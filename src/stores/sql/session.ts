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
  /** runs a writing statement; @returns how many rows it met */
  run(statement: string, parameters: readonly unknown[]): Answer<number>
  /**
   * Inserts rows, as many at a time as the store finds best.
   *
   * @param statement the text that inserts so many rows
   * @param rows one list of raw values for each row
   * @param assigned the column of the ids that the database assigns; null where ids are given
   * @returns the assigned ids, in order; otherwise []
   */
  insert(
    statement: (rows: number) => string,
    rows: readonly (readonly unknown[])[],
    assigned: string | null,
  ): Answer<readonly unknown[]>
  /** As `insert`, with a statement that may leave rows out; @returns how many rows were inserted */
  link(statement: (rows: number) => string, rows: readonly (readonly unknown[])[]): Answer<number>
}

/** Goes on with an answer without making a promise of one that is there already. */
export function after<T, R>(answer: Answer<T>, next: (value: T) => R): Answer<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer)
}
