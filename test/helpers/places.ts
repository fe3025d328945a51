/** Databases in words that another process understands: what a test starts opens the same one. */
import type { Store } from '../../src/store/store.js'
import { mongodb } from '../../src/stores/mongodb/index.js'
import { postgres } from '../../src/stores/postgres/index.js'
import { sqlite } from '../../src/stores/sqlite/index.js'

export type Place =
  | { readonly store: 'sqlite'; readonly file: string; readonly driver: 'better-sqlite3' | 'node:sqlite' }
  | { readonly store: 'postgres'; readonly url: string; readonly schema: string }
  | { readonly store: 'mongodb'; readonly url: string }

/** A store on the database at a place. */
export function storeAt(place: Place): Store {
  switch (place.store) {
    case 'sqlite':
      return sqlite({ file: place.file, driver: place.driver })
    case 'postgres':
      return postgres({ url: place.url, schema: place.schema })
    case 'mongodb':
      return mongodb(place.url)
  }
}
