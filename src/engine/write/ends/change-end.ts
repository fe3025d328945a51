import type { Edge } from '../../../schema/graph.js'
import { heldBy } from '../../links/held-by.js'
import type { Draft, Item } from '../input/draft.js'
import type { Unit } from '../unit.js'
import { changeHolders } from './change-holders.js'
import { changeSet, showsIds } from './change-set.js'
import type { EndChange } from './end-change.js'

/**
 * An end given to `update` gets exactly this content: a one-sided list as it is stored, the others as they
 * are shown (R15).
 *
 * @param items null unsets the end of another's reference
 */
export function replaceEnd(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  items: readonly Item[] | null,
): Promise<EndChange> {
  const wanted = items ?? []
  if (!heldBy(edge).many) return changeHolders(unit, draft, edge, owner, wanted, 'set')
  return changeSet(unit, draft, edge, owner, wanted, showsIds(edge) ? 'replace' : 'set')
}
