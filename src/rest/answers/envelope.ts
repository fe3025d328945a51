import type { Page } from '../../types/reports.js'
import type { ListQuery } from '../parameters/read-list.js'
import type { Row } from '../served-db.js'

/** What lists answer. */
export interface Envelope {
  readonly docs: readonly Row[]
  readonly pages: {
    readonly current: number | null
    readonly prev: number | null
    readonly hasPrev: boolean
    readonly next: number | null
    readonly hasNext: boolean
    readonly total: number | null
  }
  readonly items: {
    readonly limit: number
    readonly begin: number | null
    readonly end: number | null
    readonly total: number | null
  }
  readonly cursors: { readonly next: string | null; readonly prev: string | null }
}

/** A page with its numbers. Pages by cursor have none, because records may come and go before them. */
export function envelope(
  { records, next, previous, hasNext, total = null }: Omit<Page<Row>, 'total'> & { total?: number | null },
  { limit, offset, after }: Pick<ListQuery, 'limit' | 'offset' | 'after'>,
): Envelope {
  const numbered = after === null
  const current = numbered ? Math.floor(offset / limit) + 1 : null
  const hasPrev = numbered ? offset > 0 : previous !== null
  const none = records.length === 0
  return {
    docs: records,
    pages: {
      current,
      prev: current !== null && hasPrev ? Math.max(1, current - 1) : null,
      hasPrev,
      next: current !== null && hasNext ? current + 1 : null,
      hasNext,
      total: total === null ? null : Math.ceil(total / limit),
    },
    items: {
      limit,
      begin: numbered ? (none ? 0 : offset + 1) : null,
      end: numbered ? (none ? 0 : offset + records.length) : null,
      total,
    },
    cursors: { next, prev: previous },
  }
}
