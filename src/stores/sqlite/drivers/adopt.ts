import { betterCodeOf, betterConnection, type BetterDatabase } from './better-sqlite3.js'
import type { Connection, Driver } from './driver.js'
import { nodeCodeOf, nodeConnection, type NodeDatabase } from './node-sqlite.js'

/** A database that somebody else opened: its connection, the driver it is of, and the file it has open (null: memory). */
export function adopt(database: BetterDatabase | NodeDatabase): {
  readonly driver: Pick<Driver, 'name' | 'codeOf'>
  readonly connection: Connection
  readonly file: string | null
  readonly readOnly: boolean
} {
  if ('inTransaction' in database) {
    return {
      driver: { name: 'better-sqlite3', codeOf: betterCodeOf },
      connection: betterConnection(database),
      file: database.memory ? null : database.name,
      readOnly: database.readonly,
    }
  }
  const connection = nodeConnection(database)
  const [[, , file] = []] = connection.prepare('pragma database_list').all([])
  return {
    driver: { name: 'node:sqlite', codeOf: nodeCodeOf },
    connection,
    file: typeof file === 'string' && file !== '' ? file : null,
    // Not to be found out: a write is then refused by SQLite itself.
    readOnly: false,
  }
}
