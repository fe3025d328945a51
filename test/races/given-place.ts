/** What a process was started with: the database, and what else there is. */
import type { Store } from '../../src/store/store.js'
import { type Place, storeAt } from '../helpers/places.js'

export function givenPlace(): { readonly store: Store; readonly args: readonly string[] } {
  const [place = '', ...args] = process.argv.slice(2)
  return { store: storeAt(JSON.parse(place) as Place), args }
}
