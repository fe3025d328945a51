import type { Cursor } from '../../plan/cursor.js'
import { cursorNormaliser, malformed, toCursor } from '../../plan/cursor.js'
import { afterKeyset, hasCursor, reversed, type ValueTerm, valueTerms } from '../../plan/keyset.js'
import { calls, type ParsedQuery, restrict } from '../../plan/parse-query.js'
import { queryKey } from '../../plan/shape-key.js'
import type { Slots } from '../../plan/slots.js'
import type { Field } from '../../schema/graph.js'
import { normaliseCount } from '../../schema/values/normalise-number.js'
import type { ReadResult } from '../../store/read.js'
import { boundaryValue } from './boundary-value.js'
import { idFieldOf } from './id-field.js'
import { perform } from './perform.js'
import { prepareRead } from './prepare.js'
import type { PreparedRead } from './prepared.js'
import type { Reader } from './reader.js'
import type { Row } from './parents.js'

/** A piece of an ordered list. */
export interface PageRequest {
  /** a query of `find` without `limit` and `after` */
  readonly query: Readonly<Record<string, unknown>>
  /** where it starts; null at the beginning */
  readonly from: Cursor | null
  /** checked as every value of a query is */
  readonly limit: unknown
  readonly signal: AbortSignal | undefined
}

/** What was read, in the order of the query, and what is needed to go on from there. */
export interface PageRead {
  readonly rows: readonly Row[]
  /** the order has cursors, so every row has a place */
  readonly hasPlaces: boolean
  /** the place of one of the rows, as a cursor holds it */
  placeOf(index: number): Promise<readonly unknown[]>
}

const NULL = 'n'
const VALUE = 'v'

/** @throws KIN_INVALID_CURSOR, and whatever is wrong with the query */
export async function readPage(
  reader: Reader,
  { query, from, limit, signal }: PageRequest,
): Promise<PageRead> {
  const { context, model, plans } = reader
  const values = [...context.visibility.values]
  const start = from?.values.map((value) => (value === null ? NULL : VALUE)).join('') ?? ''
  const key = `${queryKey(query, model, values)}${from?.direction ?? ''}${start}${limit === null ? '' : 'limit'}`
  const bounds = from?.values.filter((value) => value !== null) ?? []
  values.push(...bounds)
  if (limit !== null) values.push(limit)

  const prepared = plans.page.take(key, () =>
    prepareRead(context, model, calls.find, query, values, {
      adapt: (parsed, slots) => pageOf(parsed, from, limit, slots),
      extra: ({ node }) => placeFields(reader, node.order),
    }),
  )
  const read = await perform(context, prepared, values, signal)
  const backwards = from?.direction === 'before'
  const { rows } = read
  const last = rows.length - 1
  return {
    rows: backwards ? rows.toReversed() : rows,
    hasPlaces: hasCursor(prepared.node.order),
    placeOf: (index) => place(reader, key, prepared, read, backwards ? last - index : index, signal),
  }
}

/** The part of the query's list that lies before or after the place. */
function pageOf(parsed: ParsedQuery, from: Cursor | null, limit: unknown, slots: Slots): ParsedQuery {
  const page = from ? startingAt(parsed, from, slots) : parsed
  if (limit === null) return page
  return { ...page, node: { ...page.node, limit: slots.one(limit, normaliseCount, 'limit', null) } }
}

function startingAt(parsed: ParsedQuery, { direction, values }: Cursor, slots: Slots): ParsedQuery {
  const order = direction === 'after' ? parsed.node.order : reversed(parsed.node.order)
  const terms = valueTerms(order)
  if (terms.length !== values.length) return malformed()
  const bounds = terms.map(({ by }, index) => {
    const value = values[index]
    return value === null ? null : slots.one(value, cursorNormaliser(by.field), 'after', null)
  })
  return restrict({ ...parsed, node: { ...parsed.node, order } }, afterKeyset(terms, bounds))
}

/** The fields of a row that its place is made of, and its id, by which the rest of the place is read. */
function placeFields({ model }: Reader, order: PreparedRead['node']['order']): readonly Field[] {
  if (!hasCursor(order)) return []
  const fields = valueTerms(order)
    .filter((term) => term.via.length === 0)
    .flatMap((term) => model.fields.get(term.by.path[0] ?? '') ?? [])
  return [...new Set([idFieldOf(model), ...fields])]
}

async function place(
  reader: Reader,
  key: string,
  { root, node }: PreparedRead,
  read: ReadResult,
  index: number,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const carried = (name: string): unknown => {
    const at = root.plan.request.carry.findIndex(
      (carry) => carry.at.length === 0 && carry.fields[0]?.name === name,
    )
    return read.carried[at]?.[index]
  }
  const values: unknown[] = []
  const id = carried(idFieldOf(reader.model).name)
  for (const [at, term] of valueTerms(node.order).entries()) {
    const value =
      term.via.length === 0
        ? inside(carried(term.by.path[0] ?? ''), term)
        : await boundaryValue(reader, `${key}\0${at}`, term, id, signal)
    values.push(toCursor(value))
  }
  return values
}

function inside(value: unknown, { by }: ValueTerm): unknown {
  return by.path.slice(1).reduce<unknown>((held, name) => (held as Row | null)?.[name] ?? null, value)
}
