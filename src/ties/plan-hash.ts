import { createHash } from 'node:crypto'

/** One thing that a delete does to one record, in words that name it fully. */
export type Line = readonly (string | number)[]

/**
 * Names a closure: the same things done to the same records have the same hash, whatever the order they were found in. Lines are
 * hashed each by itself and the hashes added up, so that none of them need be kept.
 */
export class PlanHash {
  readonly #sum = new Uint32Array(8)
  #lines = 0

  add(line: Line): void {
    const { buffer, byteOffset } = createHash('sha256').update(JSON.stringify(line)).digest()
    const digest = new DataView(buffer, byteOffset)
    for (const at of this.#sum.keys()) this.#sum[at]! += digest.getUint32(at * 4)
    this.#lines++
  }

  get text(): string {
    return createHash('sha256').update(`${this.#lines}:${this.#sum.join()}`).digest('base64url')
  }
}
