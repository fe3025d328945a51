import { fail } from '../../errors/index.js'
import { within } from '../../plan/conditions.js'
import { type Call as CallKind, type ParsedQuery, restrict } from '../../plan/parse-query.js'
import { queryKey } from '../../plan/shape-key.js'
import { readValues } from '../../plan/slots.js'
import { normaliserOf } from '../../schema/values/normaliser-of.js'
import type { Call } from './call.js'
import { idFieldOf } from './id-field.js'
import type { Row } from './parents.js'
import { perform } from './perform.js'
import { prepareRead } from './prepare.js'
import type { PreparedRead } from './prepared.js'
import type { Reader } from './reader.js'

/**
 * Records by their ids, in the order of the ids; a query shapes them.
 *
 * @throws KIN_NOT_FOUND where one is absent or hidden
 */
export async function readByIds(
  reader: Reader,
  ids: readonly unknown[],
  query: Call,
  kind: CallKind,
): Promise<Row[]> {
  const { context, model } = reader
  const { prepared, values } = prepareByIds(reader, ids, query, kind)
  const { rows, carried } = await perform(context, prepared, values, query.signal)
  const found = new Map((carried[0] ?? []).map((key_, index) => [key_, rows[index]]))
  const normal = values.at(-1) as readonly unknown[]
  return normal.map((wanted) => found.get(wanted) ?? notFound(model.name, wanted))
}

/** Refuses a query that `readByIds` would refuse, before there are any ids. */
export function checkByIds(reader: Reader, query: Call, kind: CallKind): void {
  const { prepared, values } = prepareByIds(reader, [], query, kind)
  readValues(prepared.slots, values, reader.context.visibility.values.length)
}

function prepareByIds(
  { context, model, plans }: Reader,
  ids: readonly unknown[],
  query: Call,
  kind: CallKind,
): { readonly prepared: PreparedRead; readonly values: unknown[] } {
  const id = idFieldOf(model)
  const values = [...context.visibility.values]
  const key = `${kind.name}${queryKey(query, model, values)}`
  values.push(ids)
  const prepared = plans.byIds.take(key, () =>
    prepareRead(context, model, kind, query, values, {
      adapt: (parsed: ParsedQuery, slots) =>
        restrict(parsed, within(id, slots.many(ids, normaliserOf(id), 'ids', model.name))),
      extra: () => [id],
    }),
  )
  return { prepared, values }
}

function notFound(model: string, id: unknown): never {
  return fail('KIN_NOT_FOUND', {
    message: `There is no ${model} with id ${JSON.stringify(id)}, or it is hidden.`,
    details: { model, ids: [id as string] },
  })
}
