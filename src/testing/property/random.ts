/** A small seeded generator (mulberry32): one seed makes one operation, so that a failing sequence shrinks and repeats. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** from 0 up to, not including, 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** up to `most` of them, without repetition */
  some<T>(items: readonly T[], most: number): T[] {
    const left = [...items]
    const chosen: T[] = []
    for (let count = this.below(most + 1); count > 0 && left.length > 0; count--) {
      chosen.push(...left.splice(this.below(left.length), 1))
    }
    return chosen
  }
}
