import { isDeepStrictEqual } from 'node:util'
import type { ReadNode } from '../../../src/store/read.js'
import { loader, type Reading } from './load.js'
import { type Data, Naive } from './naive.js'

/** A database with the records of a seed. */
export interface World extends Reading {
  readonly seed: number
  readonly data: Data
}

/** Drivers differ in the class of binary values; only the bytes matter. */
const comparable = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return value.map(comparable)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, comparable(member)]))
}

export type Difference = (root: ReadNode, values?: readonly unknown[]) => Promise<unknown>

/** Reads a root with the compiler and naively, in every world; null where both gave the same, as they must. */
export const differenceIn =
  (worlds: () => readonly World[]): Difference =>
  async (root, values = []) => {
    let met = 0
    for (const world of worlds()) {
      const read = comparable(await loader(world, values)(root))
      const plain = comparable(new Naive(world.data, values).read(root))
      if (!isDeepStrictEqual(read, plain)) return { seed: world.seed, read, plain }
      met += (plain as unknown[]).length
    }
    return met > 0 ? null : 'no record was met, so nothing was compared'
  }
