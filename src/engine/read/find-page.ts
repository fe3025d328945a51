import { fail } from '../../errors/index.js'
import { type Cursor, writeCursor } from '../../plan/cursor.js'
import type { Call } from './call.js'
import { count } from './count.js'
import { cursorOf, fingerprint } from './cursors.js'
import type { Row } from './parents.js'
import { type PageRead, readPage } from './read-page.js'
import type { Reader } from './reader.js'

const PAGE_SIZE = 20

/** One page of a query's records. Cursors are null where the order has none. */
export interface Page {
  readonly records: readonly Row[]
  readonly next: string | null
  readonly previous: string | null
  readonly hasNext: boolean
  /** how many records there are on all pages */
  readonly total?: number
  /** 1-based; only of pages by offset */
  readonly page?: number
  /** of pages by offset, with `total` */
  readonly pages?: number
}

/** One statement (and one for each batched node); one more for `total`, and for each side of an order through associations. */
export async function findPage(reader: Reader, call: Call = {}): Promise<Page> {
  const { limit = PAGE_SIZE, after, total, signal, ...query } = call
  const size = pageSize(limit)
  const from = after === undefined ? null : cursorOf(reader, after, query)
  // One more than asked for tells whether there is more.
  const read = await readPage(reader, { query, from, limit: size + 1, signal })
  const more = read.rows.length > size
  const backwards = from?.direction === 'before'
  const skipped = more && backwards ? 1 : 0
  const records = read.rows.slice(skipped, skipped + size)
  const ends = { first: skipped, last: skipped + records.length - 1 }
  const { offset = 0 } = query
  // The page that this one was reached from lies behind it. Without a record there is no place to go on from.
  const hasNext = backwards ? records.length > 0 : more
  const hasPrevious = backwards ? more : from !== null || Number(offset) > 0
  const mark = marker(reader, query, read)
  return {
    records,
    next: hasNext && read.hasPlaces && records.length > 0 ? await mark(ends.last, 'after') : null,
    previous: hasPrevious && read.hasPlaces && records.length > 0 ? await mark(ends.first, 'before') : null,
    hasNext,
    ...(await numbers(
      reader,
      query,
      { total: total === true, size, offset: from ? null : Number(offset) },
      signal,
    )),
  }
}

function pageSize(limit: unknown): number {
  if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0) return limit
  return fail('KIN_INVALID_VALUE', {
    message: 'A page holds one record at least: `limit` must be a positive integer.',
    path: 'limit',
    details: { expected: 'a positive integer', received: typeof limit },
  })
}

/** Writes cursors of the rows read. */
function marker(reader: Reader, query: Call, read: PageRead) {
  return async (index: number, direction: Cursor['direction']): Promise<string> => {
    const values = await read.placeOf(index)
    return writeCursor({ direction, values }, fingerprint(reader, query))
  }
}

interface Position {
  readonly total: boolean
  readonly size: number
  /** null on pages by cursor */
  readonly offset: number | null
}

async function numbers(
  reader: Reader,
  { where, deleted }: Call,
  { total, size, offset }: Position,
  signal: AbortSignal | undefined,
): Promise<Pick<Page, 'total' | 'page' | 'pages'>> {
  const page = offset === null ? {} : { page: Math.floor(offset / size) + 1 }
  if (!total) return page
  const all = await count(reader, { where, deleted, signal })
  return { ...page, total: all, ...(offset !== null && { pages: Math.ceil(all / size) }) }
}
