/**
 * Keeps what was made for a key, at most about twice `generation` entries. Entries are aged in two generations, because moving
 * an entry to the front on every hit would cost more than the plans that a hit saves.
 */
export class Cache<T> {
  #young = new Map<string, T>()
  #old = new Map<string, T>()
  readonly #generation: number

  constructor(generation = 500) {
    this.#generation = generation
  }

  get(key: string): T | undefined {
    const known = this.#young.get(key)
    if (known !== undefined) return known
    const aged = this.#old.get(key)
    if (aged !== undefined) this.set(key, aged)
    return aged
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.#generation) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }

  /** What is kept for the key, made if there is nothing. */
  take(key: string, make: () => T): T {
    const known = this.get(key)
    if (known !== undefined) return known
    const made = make()
    this.set(key, made)
    return made
  }
}
