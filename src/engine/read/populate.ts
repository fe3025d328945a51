import { fail } from '../../errors/index.js'
import { calls } from '../../plan/parse-query.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { Row } from './parents.js'
import { readByIds } from './read-by-ids.js'
import type { Reader } from './reader.js'

/** New records with a populate tree loaded into them. Only the ids of the records given are looked at. */
export async function populate(reader: Reader, given: unknown, tree: unknown): Promise<Row | Row[]> {
  const records = Array.isArray(given) ? (given as unknown[]) : [given]
  const ids = records.map((record, index) =>
    idIn(record, Array.isArray(given) ? `records[${index}]` : 'record'),
  )
  const loaded = await readByIds(
    reader,
    ids,
    { populate: tree, select: [], deleted: 'include' },
    calls.populate,
  )
  const whole = records.map((record, index) => ({ ...(record as Row), ...loaded[index] }))
  return Array.isArray(given) ? whole : (whole[0] as Row)
}

function idIn(record: unknown, path: string): unknown {
  if (isPlainObject(record) && record['id'] !== undefined) return record['id']
  return fail('KIN_INVALID_ARGUMENT', {
    message: `${path} has no id, so there is nothing to load for it.`,
    path,
    hint: 'Select the id of records that are populated later.',
  })
}
