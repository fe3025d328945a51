import { fail } from '../../errors/index.js'
import type { Edge } from '../../schema/graph.js'
import type { Pair } from '../links/pair.js'
import { pairsOf } from '../links/pairs-of.js'
import { addDeclared } from './declared-pairs.js'
import { aroundPairs } from './link-hooks.js'
import { requirePairScope } from './require-scope.js'
import type { Unit } from './unit.js'

/**
 * Adds pairs of a set association that are known not to exist. Touches neither record (R19).
 *
 * @param edge from the owners
 * @param fresh the holders are new
 */
export async function addPairs(unit: Unit, edge: Edge, pairs: readonly Pair[], fresh = false): Promise<void> {
  if (pairs.length === 0) return
  if (edge.symmetric) refuseSelf(edge, pairs)
  await aroundPairs(unit, 'Link', edge, pairs, () =>
    edge.through?.declared ? addDeclared(unit, edge, pairs) : pairsOf(edge).add(unit, edge, pairs, fresh),
  )
  await requirePairScope(unit, edge, pairs)
}

/** A symmetric association pairs no record with itself (R16). */
function refuseSelf(edge: Edge, pairs: readonly Pair[]): void {
  if (!pairs.some((pair) => pair.owner === pair.target)) return
  const message = `"${edge.association}" pairs no record with itself.`
  const path = edge.name ?? ''
  fail('KIN_VALIDATION', {
    message,
    path,
    details: { model: edge.from.name, issues: [{ path, code: 'self', message }] },
  })
}
