import { fail } from '../../errors/index.js'
import type { Channel } from './channel.js'

/** Tables whose keys are known to be assigned, as they are written. */
const known = new WeakMap<Channel, Set<string>>()

/**
 * A key that SQLite assigns is the row's own number. In a table that was made otherwise it may be a column that is left null,
 * and then the number of the row must not pass for an id.
 *
 * @param row the number of a row that was inserted without a key
 */
export function requireAssigned(channel: Channel, table: string, key: string, row: number): void {
  const tables = known.get(channel) ?? new Set()
  if (tables.has(table)) return
  const [id] = channel.prepared(`select ${key} from ${table} where _rowid_ = ?`).first([row]) ?? []
  if (Number(id ?? Number.NaN) !== row) {
    fail('KIN_INVALID_ARGUMENT', {
      message: `An id has to be given for ${table}: SQLite does not assign ${key}.`,
      path: 'id',
      hint: 'Give an id on create, or make the column an `integer primary key`.',
    })
  }
  known.set(channel, tables.add(table))
}
