import { equals } from '../../plan/conditions.js'
import { calls, type ParsedQuery } from '../../plan/parse-query.js'
import { queryKey } from '../../plan/shape-key.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import type { Call } from './call.js'
import { findAfter } from './find-after.js'
import { idFieldOf } from './id-field.js'
import type { Row } from './parents.js'
import { perform } from './perform.js'
import { prepareRead } from './prepare.js'
import type { PreparedRead } from './prepared.js'
import type { Reader } from './reader.js'

/** A query for one record reads no second. */
const firstOnly = (parsed: ParsedQuery): ParsedQuery => ({
  ...parsed,
  node: { ...parsed.node, limit: parsed.node.limit ?? { fixed: 1 } },
})

/** @throws KIN_INVALID_ID, and whatever is wrong with the query */
export async function findById(reader: Reader, id: unknown, query?: Call): Promise<Row | null> {
  const { context, model, plans } = reader
  const values = [...context.visibility.values]
  const key = queryKey(query, model, values)
  values.push(id)
  const prepared = plans.findById.get(key) ?? prepareById(reader, key, query, values)
  const read = perform(context, prepared, values, query?.signal)
  const { rows } = read instanceof Promise ? await read : read
  return rows[0] ?? null
}

function prepareById(
  { context, model, plans }: Reader,
  key: string,
  query: unknown,
  values: unknown[],
): PreparedRead {
  const id = idFieldOf(model)
  const prepared = prepareRead(context, model, calls.findById, query, values, {
    // One record at most needs no order.
    adapt: ({ node, strategy }, slots) => {
      const where = equals(id, slots.one(values.at(-1), normaliserOf(id), 'id', model.name))
      return { node: { ...node, order: [], where }, strategy }
    },
  })
  plans.findById.set(key, prepared)
  return prepared
}

/** The records of a query: one statement, and one more for each node that is loaded in batches. */
export async function find(reader: Reader, query?: Call): Promise<readonly Row[]> {
  if (query?.after !== undefined) return findAfter(reader, query)
  const { context, model, plans } = reader
  const values = [...context.visibility.values]
  const key = queryKey(query, model, values)
  const prepared = plans.find.take(key, () => prepareRead(context, model, calls.find, query, values))
  const read = perform(context, prepared, values, query?.signal)
  return read instanceof Promise ? (await read).rows : read.rows
}

export async function findOne(reader: Reader, query?: Call): Promise<Row | null> {
  if (query?.after !== undefined) return (await findAfter(reader, { ...query, limit: 1 }))[0] ?? null
  const { context, model, plans } = reader
  const values = [...context.visibility.values]
  const key = queryKey(query, model, values)
  const prepared = plans.findOne.take(key, () =>
    prepareRead(context, model, calls.find, query, values, { adapt: firstOnly }),
  )
  const read = perform(context, prepared, values, query?.signal)
  return (read instanceof Promise ? (await read).rows : read.rows)[0] ?? null
}
