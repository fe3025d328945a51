import type { Model } from '../schema/graph.js'

/** A record, named. */
export interface Named {
  readonly model: Model
  readonly id: unknown
}

/** Something for each of some records. */
export class ByRecord<T> {
  readonly #models = new Map<Model, Map<unknown, T>>()

  get(model: Model, id: unknown): T | undefined {
    return this.#models.get(model)?.get(id)
  }

  set(model: Model, id: unknown, value: T): void {
    const known = this.#models.get(model)
    if (known) known.set(id, value)
    else this.#models.set(model, new Map([[id, value]]))
  }

  delete(model: Model, id: unknown): void {
    this.#models.get(model)?.delete(id)
  }

  /** What is there, or else what `make` makes, which is kept. */
  take(model: Model, id: unknown, make: () => T): T {
    const known = this.get(model, id)
    if (known !== undefined) return known
    const made = make()
    this.set(model, id, made)
    return made
  }

  /** Those of one model, by id. */
  of(model: Model): ReadonlyMap<unknown, T> {
    return this.#models.get(model) ?? new Map<unknown, T>()
  }

  models(): IterableIterator<[Model, ReadonlyMap<unknown, T>]> {
    return this.#models.entries()
  }

  *values(): Generator<T> {
    for (const known of this.#models.values()) yield* known.values()
  }

  get size(): number {
    let size = 0
    for (const known of this.#models.values()) size += known.size
    return size
  }
}
