import type { Model } from '../../../schema/graph.js'
import { groupBy } from '../../links/group-by.js'
import type { Fates } from '../../../ties/fate.js'
import { MemoryLedger } from '../../../ties/memory-ledger.js'
import type { ShelfAnswer } from '../../../ties/question.js'
import { chunks } from '../../../ties/chunks.js'
import type { Maybe } from '../../maybe.js'
import type { Unit } from '../../write/unit.js'
import type { Ledger } from './ledger.js'
import { TableLedger } from './table-ledger.js'

const none: Fates = new Map()

/** A place on a shelf in memory. Who is on the way through it when all goes to the table finishes there. */
class Place {
  readonly memory: MemoryLedger
  readonly at: unknown

  constructor(memory: MemoryLedger, at: unknown) {
    this.memory = memory
    this.at = at
  }
}

/** Of records that were on a shelf, those that still are. */
async function onShelf(table: TableLedger, model: Model, step: number, fates: Fates): Promise<Fates> {
  const now = await table.known(model, [...fates.keys()])
  return new Map([...now].filter(([, fate]) => fate.step === step))
}

/** What a walk has decided: in memory, until it is too much, then in a table where the store can make one. */
export class SpillingLedger implements Ledger {
  readonly #unit: Unit
  #memory = new MemoryLedger()
  #table: TableLedger | null = null

  constructor(unit: Unit) {
    this.#unit = unit
  }

  /** From now on what is read is read here. */
  set unit(unit: Unit) {
    if (this.#table) this.#table.unit = unit
  }

  known(model: Model, ids: readonly unknown[]): Maybe<Fates> {
    return this.#table ? this.#table.known(model, ids) : this.#memory.known(model)
  }

  settle(model: Model, fates: Fates, before: Fates): Maybe<void> {
    if (this.#table) return this.#table.settle(model, fates, before)
    const { closureInMemory, store } = this.#unit.context
    if (this.#memory.size + fates.size > closureInMemory && store.addTables) return this.#spill(model, fates)
    this.#memory.settle(model, fates)
  }

  shelf(model: Model, step: number, after: unknown): Maybe<ShelfAnswer> {
    if (this.#table && !(after instanceof Place)) return this.#table.shelf(model, step, after)
    const { memory, at } = after instanceof Place ? after : { memory: this.#memory, at: null }
    const { fates, next } = memory.shelf(model, step, at)
    const rest = next === null ? null : new Place(memory, next)
    if (this.#table === null) return { fates, next: rest }
    return onShelf(this.#table, model, step, fates).then((left) => ({ fates: left, next: rest }))
  }

  async #spill(model: Model, fates: Fates): Promise<void> {
    const memory = this.#memory
    memory.settle(model, fates)
    const table = new TableLedger(this.#unit)
    await table.open()
    for (const chunk of chunks(memory.all())) {
      for (const [of, own] of groupBy(chunk, ([named]) => named.model)) {
        await table.settle(of, new Map(own.map(([{ id }, fate]) => [id, fate])), none)
      }
    }
    this.#table = table
    this.#memory = new MemoryLedger()
  }
}
