/** How many records one question, and one statement, is about, at most. */
const CHUNK = 5_000

/** Lists of at most a chunk each. */
export function* chunks<T>(list: Iterable<T>): Generator<readonly T[]> {
  let chunk: T[] = []
  for (const item of list) {
    if (chunk.push(item) < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
