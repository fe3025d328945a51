import type { IdKind } from '../../schema/graph.js'

/** What ids look like, for people. */
export const describedIds: Readonly<Record<IdKind, string>> = {
  objectId: '24 hexadecimal characters',
  uuid: 'a uuid',
  integer: 'an integer',
  string: 'a text',
}
