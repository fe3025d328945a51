import type { Edge } from '../../../schema/graph.js'
import type { Pair } from '../../links/pair.js'
import { pairsOf } from '../../links/pairs-of.js'
import { mergeDeclared, removeDeclared } from '../declared-pairs.js'
import { aroundPairs } from '../link-hooks.js'
import { requirePairScope } from '../require-scope.js'
import type { Unit } from '../unit.js'

/** Removes pairs of a set association. @param edge from the owners */
export async function removePairs(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  await aroundPairs(unit, 'Unlink', edge, pairs, () =>
    edge.through?.declared ? removeDeclared(unit, edge, pairs) : pairsOf(edge).remove(unit, edge, pairs),
  )
}

/** Changes payloads. @param pairs with the payload fields that change */
export async function mergePairs(unit: Unit, edge: Edge, pairs: readonly Pair[]): Promise<void> {
  await (edge.through?.declared ? mergeDeclared(unit, edge, pairs) : pairsOf(edge).merge(unit, edge, pairs))
  await requirePairScope(unit, edge, pairs)
}
