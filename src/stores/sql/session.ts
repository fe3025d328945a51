/** What compiled statements run on. Answers come at once where the driver is synchronous, as promises where it is not. */
import type { Session } from '../../store/read.js'

export interface SqlSession extends Session {
  /** rows of a reading statement, each a list of raw columns */
  arrays(statement: string, parameters: readonly unknown[]): unknown[][] | Promise<unknown[][]>
  /** rows of a reading statement, each an object keyed by column alias */
  objects(
    statement: string,
    parameters: readonly unknown[],
  ): Record<string, unknown>[] | Promise<Record<string, unknown>[]>
  /** runs a writing statement; @returns how many rows it met */
  run(statement: string, parameters: readonly unknown[]): number | Promise<number>
}

/** Goes on with an answer without making a promise of one that is there already. */
export function after<T, R>(answer: T | Promise<T>, next: (value: T) => R): R | Promise<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer)
}
