/** `findPage`: pages by offset, or by a cursor that carries the sort values of one record (R11). */
import { fail } from '../../errors/index.js'
import { checkOptions, type Query } from './fields-shown.js'
import type { Graph, Members } from './graph.js'
import { compileNode, type Found, matching, naturalOf, OPTIONS } from './load.js'
import { compareSubjects, idTerm } from './order.js'
import { isPlain } from './values.js'
import { sortedRecords, view, type World } from './world.js'

/** The real cursor is an opaque text; here it is plain to see. */
export interface Cursor {
  readonly query: string
  readonly values: readonly unknown[]
  /** the page before these values instead of the one after them */
  readonly back: boolean
}

export interface Page {
  readonly records: Members[]
  readonly next: Cursor | null
  readonly previous: Cursor | null
  readonly hasNext: boolean
  readonly total?: number
  readonly page?: number
  readonly pages?: number
}

export function findPage(world: World, graph: Graph, name: string, query: Query): Page {
  const { after, total, limit: size = 20, ...rest } = query
  checkOptions({ total }, ['total'], 'findPage')
  const limit = naturalOf(size, 'limit') ?? 20
  if (limit === 0) {
    return fail('KIN_INVALID_VALUE', {
      path: 'limit',
      details: { expected: 'a positive integer', received: 'number' },
    })
  }
  const node = compileNode(graph, name, rest, { path: 'findPage', options: OPTIONS.find })
  if (after !== undefined && rest['offset'] !== undefined) {
    return fail('KIN_INVALID_QUERY', { path: 'after', message: 'after and offset exclude each other.' })
  }
  const order = node.order ?? [idTerm(graph, name)]
  const mode = node.mode ?? 'exclude'
  const entries = sortedRecords(world, name).map(({ id }) => ({ id, pair: null }))
  const all = matching(world, { ...node, order }, entries, mode)
  const valuesOf = (found: Found): unknown[] =>
    order.map((term) => term.value(world, view(node.model, found.stored), null))
  const fingerprint = fingerprintOf([name, rest['where'], rest['orderBy'], rest['deleted']])
  const keyset = !order.some((term) => term.counts)

  let start = node.offset
  let end = start + limit
  if (after !== undefined) {
    if (!keyset) return fail('KIN_INVALID_QUERY', { path: 'after', message: 'Ordered by $size: use offset.' })
    const cursor = checkCursor(after, fingerprint)
    const place = (found: Found): number => compareSubjects(order, valuesOf(found), cursor.values)
    const before = all.filter((found) => place(found) < 0).length
    const past = all.length - all.filter((found) => place(found) > 0).length
    start = cursor.back ? Math.max(0, before - limit) : past
    end = cursor.back ? before : past + limit
  }
  const records = all.slice(start, end)
  const [first, last] = [records[0], records.at(-1)]
  const cursorOf = (found: Found, back: boolean): Cursor => ({
    query: fingerprint,
    values: valuesOf(found),
    back,
  })
  const hasNext = end < all.length
  return {
    records: records.map(({ stored }) => node.show(world, stored, mode)),
    next: keyset && hasNext && last !== undefined ? cursorOf(last, false) : null,
    previous: keyset && start > 0 && first !== undefined ? cursorOf(first, true) : null,
    hasNext,
    ...(total === true && { total: all.length }),
    ...(after === undefined && { page: Math.floor(start / limit) + 1 }),
    ...(after === undefined && total === true && { pages: Math.ceil(all.length / limit) }),
  }
}

function fingerprintOf(parts: unknown[]): string {
  return JSON.stringify(parts, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function checkCursor(after: unknown, fingerprint: string): Cursor {
  if (!isPlain(after) || !Array.isArray(after['values'])) {
    return fail('KIN_INVALID_CURSOR', { details: { reason: 'malformed' } })
  }
  if (after['query'] !== fingerprint)
    return fail('KIN_INVALID_CURSOR', { details: { reason: 'other-query' } })
  return after as unknown as Cursor
}
