import { isScoped } from '../../../plan/visibility.js'
import type { Edge } from '../../../schema/graph.js'
import type { Pair } from '../../links/pair.js'
import { visibleAmong } from '../check-targets.js'
import { pairsInScope } from '../require-scope.js'
import type { Unit } from '../unit.js'

/**
 * The pairs whose target the caller may see, over records in between that it may see.
 *
 * @param edge from the owners
 * @param deleted whether targets that are soft-deleted count as seen
 */
export async function visiblePairs(
  unit: Unit,
  edge: Edge,
  pairs: readonly Pair[],
  deleted: 'exclude' | 'include' = 'exclude',
): Promise<readonly Pair[]> {
  const { visibility } = unit.context
  if (pairs.length === 0) return pairs
  const between = await pairsInScope(unit, edge, pairs)
  if (deleted === 'include' && !isScoped(visibility, edge.to)) return between
  const ids = [...new Set(between.map((pair) => pair.target))]
  const seen = await visibleAmong(unit, edge.to, ids, deleted)
  return between.filter((pair) => seen.has(pair.target))
}
