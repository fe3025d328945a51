import type { Model } from '../../schema/graph.js'
import type { Draft, NewRecord } from './input/draft.js'
import { isShaped, readBack, type WriteOptions } from './results.js'
import { hasHooks } from './run-hooks.js'
import { shownRecords } from './shown-record.js'
import type { Unit } from './unit.js'

/** Records to be created, read and found right. */
export interface Creation {
  readonly draft: Draft
  readonly roots: readonly NewRecord[]
}

/**
 * Records that were created, as `findById` gives them; they are read back only where not everything about
 * them is known.
 */
export function showCreated(
  unit: Unit,
  model: Model,
  { draft, roots }: Creation,
  options: WriteOptions,
): Promise<Record<string, unknown>[]> | Record<string, unknown>[] {
  const { graph, visibility } = unit.context
  if (!isShaped(options) && visibility.scopes.size === 0 && !hasHooks(graph)) {
    return shownRecords(roots, draft)
  }
  const ids = roots.map((record) => record.id)
  return readBack(unit, model, ids, options)
}
