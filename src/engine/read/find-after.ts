import { cursorOf } from './cursors.js'
import type { Call } from './call.js'
import type { Row } from './parents.js'
import { readPage } from './read-page.js'
import type { Reader } from './reader.js'

/** The records of a query that come after a cursor. */
export async function findAfter(reader: Reader, call: Call): Promise<readonly Row[]> {
  const { after, limit, signal, ...query } = call
  const from = cursorOf(reader, after, query)
  const { rows } = await readPage(reader, { query, from, limit: limit ?? null, signal })
  return rows
}
