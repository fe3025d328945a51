import { type Cursor, fingerprintOf, readCursor } from '../../plan/cursor.js'
import { queryKey } from '../../plan/shape-key.js'
import { fail } from '../../errors/index.js'
import type { Call } from './call.js'
import type { Reader } from './reader.js'

/** What makes a cursor belong to a query: conditions and order with their values, but not what is shown. */
export function fingerprint({ model }: Reader, { where, orderBy, deleted }: Call): string {
  const values: unknown[] = []
  const key = queryKey({ where, orderBy, deleted }, model, values)
  return fingerprintOf(`${model.name}\0${key}`, values)
}

/** @throws KIN_INVALID_CURSOR, KIN_INVALID_QUERY where the query has an offset too */
export function cursorOf(reader: Reader, after: unknown, query: Call): Cursor {
  if (query.offset !== undefined) {
    return fail('KIN_INVALID_QUERY', {
      message: '`after` and `offset` exclude each other.',
      path: 'offset',
      hint: 'Page by cursor with `after`, or by number with `offset`.',
    })
  }
  return readCursor(after, fingerprint(reader, query))
}
