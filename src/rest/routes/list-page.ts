import { fail } from '../../errors/index.js'
import { envelope, type Envelope } from '../answers/envelope.js'
import { linkHeader } from '../answers/link-header.js'
import { inPlace } from '../problems/request-fault.js'
import type { ListQuery } from '../parameters/read-list.js'
import type { Query, Row, ServedEnd, ServedRepository } from '../served-db.js'
import type { Call } from './call.js'

/** A page of a repository's records. @param among a filter that the list is within */
export async function pageOfRecords(
  call: Call,
  records: ServedRepository,
  list: ListQuery,
  among: Query | null = null,
): Promise<Envelope> {
  const { query, limit, offset, after, total, onlyCount } = list
  const { signal } = call
  const within = among === null ? query : { ...query, where: both(among, query['where']) }
  const { where, deleted } = within
  if (onlyCount) {
    const all = await records.count({
      ...(where !== undefined && { where }),
      ...(deleted !== undefined && { deleted }),
      signal,
    })
    return answer(call, list, { records: [], next: null, previous: null, hasNext: false, total: all })
  }
  const position = after === null ? { offset } : { after }
  const page = await records.findPage({ ...within, ...position, limit, total, signal })
  return answer(call, list, page)
}

const both = (among: Query, where: unknown): unknown =>
  where === undefined ? among : { $and: [among, where] }

/** A page of an end's targets, in the end's own order and with what pairings say. Such lists have no cursors. */
export async function pageOfEnd(call: Call, end: ServedEnd, list: ListQuery): Promise<Envelope> {
  const { query, limit, offset, after, total, onlyCount } = list
  const { signal } = call
  if (after !== null) refuseCursor()
  const { where, deleted } = query
  const filter = { ...(where !== undefined && { where }), ...(deleted !== undefined && { deleted }) }
  const rows = onlyCount ? [] : await end.list({ ...query, limit: limit + 1, offset, signal })
  const all = total || onlyCount ? await end.count({ ...filter, signal }) : null
  return answer(call, list, {
    records: rows.slice(0, limit),
    next: null,
    previous: null,
    hasNext: rows.length > limit,
    total: all,
  })
}

function refuseCursor(): never {
  return inPlace({ parameter: '$after' }, () =>
    fail('KIN_INVALID_QUERY', {
      message: 'This list has no cursors, because its order or its pairings are its own.',
      path: '$after',
      hint: 'Page with $page or $skip.',
    }),
  )
}

interface Read {
  readonly records: Row[]
  readonly next: string | null
  readonly previous: string | null
  readonly hasNext: boolean
  readonly total?: number | null
}

function answer({ api, request, reply }: Call, list: ListQuery, page: Read): Envelope {
  const answered = envelope({ ...page, records: api.present(page.records) }, list)
  reply.header('link', linkHeader(request.url, list, answered))
  return answered
}
