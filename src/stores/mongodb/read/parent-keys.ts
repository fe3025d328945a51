import type { ReadRequest } from '../../../store/read.js'
import { beginPipe } from '../filter/scope.js'
import { resolvePlaces } from '../resolve.js'
import { decode, encode } from '../values.js'
import { keyFields, startKeyed } from './keyed.js'
import { KEYS } from './pipeline.js'
import type { Row } from './records.js'

/** What is known of a keyed read's keys. */
export interface Keyed {
  readonly encode: (keys: readonly unknown[]) => unknown[]
  readonly keyOf: (document: Row) => unknown
}

const at = (document: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((held, name) => (held as Row | undefined)?.[name], document)

export const keyedBy = (request: ReadRequest): Keyed | null => {
  const { by } = request
  if (by === null) return null
  const fields = keyFields(by)
  const writing = fields.map(encode)
  const reading = fields.map(decode)
  const { key } = startKeyed(by, { list: KEYS, one: false }, beginPipe(resolvePlaces))
  const [path = ''] = key
  if (fields.length === 1) {
    return {
      encode: (keys) => keys.map((one) => writing[0]?.(one)),
      keyOf: (document) => reading[0]?.(at(document, path)),
    }
  }
  return {
    // A part that is null makes a key that is nobody's.
    encode: (keys) =>
      (keys as readonly (readonly unknown[])[])
        .filter((parts) => !parts.includes(null))
        .map((parts) => parts.map((part, index) => writing[index]?.(part))),
    keyOf: (document) => key.map((part, index) => reading[index]?.(at(document, part))),
  }
}
