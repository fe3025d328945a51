/** Databases in words that another process understands: what a test starts opens the same one. */
import type { Store } from '../../src/store/store.js'
import { sqlite } from '../../src/stores/sqlite/index.js'

export interface SqlitePlace {
  readonly store: 'sqlite'
  readonly file: string
  readonly driver: 'better-sqlite3' | 'node:sqlite'
}

export type Place = SqlitePlace

/** A store on the database at a place. */
export function storeAt(place: Place): Store {
  return sqlite({ file: place.file, driver: place.driver })
}
