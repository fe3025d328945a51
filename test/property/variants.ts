import { layouts, type Variant } from '../../src/testing/property/variant.js'
import { sqlite } from '../../src/stores/sqlite/index.js'
import { sqliteDriver } from '../helpers/sqlite.js'

/** SQLite in memory, on the driver under test, in all layouts, read by every strategy. */
export const everyLayout: readonly Variant[] = Object.entries(layouts).map(([name, layoutOf]) => ({
  name: `sqlite ${name}`,
  open: () => sqlite({ file: ':memory:', driver: sqliteDriver }),
  layoutOf,
  strategies: ['join', 'aggregate', 'batch'],
}))
