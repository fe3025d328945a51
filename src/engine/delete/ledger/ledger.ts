import type { Model } from '../../../schema/graph.js'
import type { Closure } from '../../../ties/closure.js'
import type { Fates } from '../../../ties/fate.js'
import type { ShelfAnswer } from '../../../ties/question.js'
import type { Maybe } from '../../maybe.js'

/** Where it is written down what the walk of a delete decides about records. */
export interface Ledger {
  /** What is written down about these records, and perhaps about others. */
  known(model: Model, ids: readonly unknown[]): Maybe<Fates>
  /** @param before has what was written down about some of them before */
  settle(model: Model, fates: Fates, before: Fates): Maybe<void>
  /** A page of the records whose outcome grew in one step for the last time. */
  shelf(model: Model, step: number, after: unknown): Maybe<ShelfAnswer>
}

/** A closure with the place where its records are written down. */
export interface HeldClosure extends Closure {
  readonly ledger: Ledger
}
