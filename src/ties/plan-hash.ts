import { createHash } from 'node:crypto'

/** One thing that a delete does to one record, in words that name it fully. */
export type Line = readonly (string | number)[]

/** Names a closure: the same set of records with the same outcomes has the same hash, whatever the order they were found in. */
export function planHash(lines: Iterable<Line>): string {
  const hash = createHash('sha256')
  const words = new Set([...lines].map((line) => JSON.stringify(line)))
  for (const line of [...words].sort()) hash.update(line).update('\n')
  return hash.digest('base64url')
}
