import type { Model } from '../schema/graph.js'
import type { Fate, Outcome } from './fate.js'

export type Counts = Readonly<Record<Outcome, number>>

/** The records of a model whose outcome grew in one step of the walk for the last time. */
export interface Shelf {
  readonly step: number
  readonly model: Model
  readonly counts: Counts
}

/** How many records go in which way: what is known of a closure without looking at its records. */
export class Tally {
  readonly #steps: Map<Model, Record<Outcome, number>>[] = []
  #size = 0

  /** Counts a record as `fate` says, and no longer as `before` said. */
  count(model: Model, fate: Fate, before: Fate | undefined): void {
    this.#at(fate.step, model)[fate.outcome]++
    if (before) this.#at(before.step, model)[before.outcome]--
    else this.#size++
  }

  get size(): number {
    return this.#size
  }

  get steps(): number {
    return this.#steps.length
  }

  *shelves(): Generator<Shelf> {
    for (const step of this.#steps.keys()) yield* this.shelvesOf(step)
  }

  *shelvesOf(step: number): Generator<Shelf> {
    for (const [model, counts] of this.#steps[step] ?? []) {
      if (counts.soft > 0 || counts.strong > 0) yield { step, model, counts }
    }
  }

  /** How many go in one way, by model. */
  of(outcome: Outcome): Map<Model, number> {
    const counts = new Map<Model, number>()
    for (const shelf of this.shelves()) {
      const count = shelf.counts[outcome]
      if (count > 0) counts.set(shelf.model, (counts.get(shelf.model) ?? 0) + count)
    }
    return counts
  }

  #at(step: number, model: Model): Record<Outcome, number> {
    const models = (this.#steps[step] ??= new Map<Model, Record<Outcome, number>>())
    let counts = models.get(model)
    if (!counts) models.set(model, (counts = { soft: 0, strong: 0 }))
    return counts
  }
}
