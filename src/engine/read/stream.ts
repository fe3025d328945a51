import { fail } from '../../errors/index.js'
import type { Cursor } from '../../plan/cursor.js'
import { refuseValue } from '../../plan/refuse-value.js'
import { Flaw } from '../../schema/values/flaw.js'
import { normaliseCount } from '../../schema/values/normalise-number.js'
import type { Call } from './call.js'
import { cursorOf } from './cursors.js'
import type { Row } from './parents.js'
import { readPage } from './read-page.js'
import type { Reader } from './reader.js'

const BATCH = 500

export interface StreamOptions {
  /** records read at a time; default 500 */
  readonly batch?: number | undefined
}

/**
 * The records of a query, read page by page, each from the last record of the one before: no more than one page is held, no
 * statement stays open in between, and a record that does not change meanwhile comes exactly once (R28).
 */
export async function* stream(
  reader: Reader,
  call: Call = {},
  { batch = BATCH }: StreamOptions = {},
): AsyncGenerator<Row, void, undefined> {
  const size = positive(batch)
  const { after, limit, signal, offset, ...rest } = call
  let from: Cursor | null = after === undefined ? null : cursorOf(reader, after, { ...rest, offset })
  let query: Call = { ...rest, offset }
  let left = limit === undefined ? Infinity : readLimit(limit)
  // A limit of 0 reads a page, too: what is wrong with the query is told all the same.
  for (;;) {
    const wanted = Math.min(size, left)
    const page = await readPage(reader, { query, from, limit: wanted, signal })
    if (!page.hasPlaces) refuseOrder()
    yield* page.rows
    left -= page.rows.length
    if (page.rows.length < wanted || left <= 0) return
    from = { direction: 'after', values: await page.placeOf(page.rows.length - 1) }
    query = rest
  }
}

function positive(batch: number): number {
  if (Number.isSafeInteger(batch) && batch > 0) return batch
  return fail('KIN_INVALID_ARGUMENT', { message: '`batch` must be a positive integer.', path: 'batch' })
}

function readLimit(limit: unknown): number {
  const count = normaliseCount(limit)
  return count instanceof Flaw ? refuseValue(count, limit, 'limit', null) : (count as number)
}

function refuseOrder(): never {
  return fail('KIN_INVALID_QUERY', {
    message: 'An order by $size cannot be streamed, because sizes may change on the way.',
    path: 'orderBy',
    hint: 'Order by fields, or read pages by `offset`.',
  })
}
