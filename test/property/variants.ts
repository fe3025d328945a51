import { layouts, mirrorLayouts, type Variant } from '../../src/testing/property/variant.js'
import { sqlite } from '../../src/stores/sqlite/index.js'
import { mirroringSqlite } from '../helpers/mirroring-sqlite.js'
import { sqliteDriver } from '../helpers/sqlite.js'
import type { TestedStore } from '../helpers/stores.js'

/** SQLite in memory, on the driver under test, in all layouts, read by every strategy. */
export const everyLayout: readonly Variant[] = Object.entries(layouts).map(([name, layoutOf]) => ({
  name: `sqlite ${name}`,
  open: () => sqlite({ file: ':memory:', driver: sqliteDriver }),
  layoutOf,
  strategies: ['join', 'aggregate', 'batch'],
}))

/**
 * The same in layouts with mirrors, which are tested on SQLite although it has no use for them: all but a one-one of
 * which several deleted holders may remain, because SQL cannot join one record over a list of ids.
 */
export const everyMirror: readonly Variant[] = Object.entries(mirrorLayouts).map(([name, layoutOf]) => ({
  name: `sqlite ${name}`,
  open: mirroringSqlite,
  layoutOf: (association, described, holder) =>
    described.kind === 'one' && described.unique && holder.softDelete
      ? undefined
      : layoutOf(association, described),
  strategies: ['join', 'aggregate', 'batch'],
}))

/** A store in all layouts that it has, read by every strategy. */
export function variantsOn({ name, open, layouts: own }: TestedStore): readonly Variant[] {
  const all = { ...layouts, ...(own.includes('mirror') && mirrorLayouts) }
  return Object.entries(all).map(([layout, layoutOf]) => ({
    name: `${name} ${layout}`,
    open,
    layoutOf,
    strategies: ['join', 'aggregate', 'batch'],
  }))
}
