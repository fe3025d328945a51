import { isDeepStrictEqual } from 'node:util'
import type { ReadNode } from '../../../src/store/read.js'
import { makeData } from './data.js'
import { openDatabase } from './database.js'
import { loader } from './load.js'
import { Naive } from './naive.js'
import { shapes } from './shapes.js'

const worlds = [1, 2, 3, 4].flatMap((seed) => {
  const data = makeData(seed)
  return [true, false].map((exact) => ({ seed, data, ...openDatabase(shapes, data, exact) }))
})

/** Drivers differ in the class of binary values; only the bytes matter. */
const comparable = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return value.map(comparable)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, comparable(member)]))
}

/** Reads a root with the compiler and naively; null where both gave the same, as they must. */
export const difference = async (root: ReadNode, values: readonly unknown[] = []) => {
  let met = 0
  for (const { seed, data, dialect, session } of worlds) {
    const sql = comparable(await loader(dialect, session, values)(root))
    const plain = comparable(new Naive(data, values).read(root))
    if (!isDeepStrictEqual(sql, plain)) return { seed, sql, plain }
    met += (plain as unknown[]).length
  }
  return met > 0 ? null : 'no record was met, so nothing was compared'
}
