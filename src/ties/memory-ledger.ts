import type { Model } from '../schema/graph.js'
import { ByRecord, type Named } from './by-record.js'
import type { Fate, Fates } from './fate.js'
import type { ShelfAnswer } from './question.js'

/** How many records a page has. */
const PAGE = 5_000

/** What a walk has decided, in memory. */
export class MemoryLedger {
  readonly #fates = new ByRecord<Fate>()
  /** ids by step and model, in the order in which they were reached; those that grew later are there again */
  readonly #shelves: Map<Model, unknown[]>[] = []

  known(model: Model): Fates {
    return this.#fates.of(model)
  }

  settle(model: Model, fates: Fates): void {
    for (const [id, fate] of fates) {
      const before = this.#fates.get(model, id)
      this.#fates.set(model, id, fate)
      if (before?.step !== fate.step) this.#shelf(fate.step, model).push(id)
    }
  }

  shelf(model: Model, step: number, after: unknown): ShelfAnswer {
    const ids = this.#shelf(step, model)
    const from = after === null ? 0 : (after as number)
    const own = this.#fates.of(model)
    const fates = new Map<unknown, Fate>()
    for (const id of ids.slice(from, from + PAGE)) {
      const fate = own.get(id)!
      if (fate.step === step) fates.set(id, fate)
    }
    return { fates, next: from + PAGE < ids.length ? from + PAGE : null }
  }

  get size(): number {
    return this.#fates.size
  }

  /** Every record, step by step. */
  *all(): Generator<readonly [Named, Fate]> {
    for (const [step, models] of this.#shelves.entries()) {
      for (const [model, ids] of models) {
        for (const id of ids) {
          const fate = this.#fates.get(model, id)!
          if (fate.step === step) yield [{ model, id }, fate]
        }
      }
    }
  }

  #shelf(step: number, model: Model): unknown[] {
    const models = (this.#shelves[step] ??= new Map<Model, unknown[]>())
    let ids = models.get(model)
    if (!ids) models.set(model, (ids = []))
    return ids
  }
}
