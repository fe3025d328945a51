import { consequences } from '../../ties/consequences.js'
import type { Tied } from '../../ties/fate.js'
import type { Unit } from '../write/unit.js'
import { findings } from './answer.js'
import type { HeldClosure } from './ledger/ledger.js'

/** References that weak ties unset. */
export class WeakReferences {
  /**
   * Those inside embedded structures, complete when all pages are done: what goes from a record is cut out at once, so that its
   * places are those of the record as it was.
   */
  readonly embedded: Tied[] = []
  readonly #unit: Unit
  readonly #closure: HeldClosure

  constructor(unit: Unit, closure: HeldClosure) {
    this.#unit = unit
    this.#closure = closure
  }

  /** Those at the top level of records; a page is about one edge. */
  async *pages(): AsyncGenerator<readonly Tied[]> {
    for await (const tied of findings(
      this.#unit,
      consequences(this.#closure, 'weak'),
      this.#closure.ledger,
    )) {
      if (!tied[0]?.edge.embedded) yield tied
      else for (const one of tied) this.embedded.push(one)
    }
  }
}
