/**
 * Pairs that are added and removed without looking at what there is, where the store tells how many it met.
 */
import type { Edge } from '../../../schema/graph.js'
import { keepsPlainPairs, linkAtOnce } from '../../links/link-at-once.js'
import { unlink } from '../../links/through.js'
import { completePayload, isPayloadComplete } from '../input/complete-payload.js'
import type { Draft, Item } from '../input/draft.js'
import { isHeard } from '../link-hooks.js'
import { Mistaken } from '../run-supposing.js'
import { touch } from '../touch.js'
import type { Unit } from '../unit.js'
import { showsIds } from './change-set.js'
import { type EndChange, emptyReport, type Report } from './end-change.js'

/**
 * Supposes that all of the pairs are new and their targets there.
 *
 * @returns null where that cannot be supposed, or the store cannot add without looking
 */
export function addAtOnce(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  items: readonly Item[],
): EndChange | null {
  const { store } = unit.context
  if (!store.compileLink || !isUnseen(unit, edge, 'Link')) return null
  if (items.some((item) => item.record !== null || !isPayloadComplete(edge, item))) return null
  const pairs = items.map((item) => ({
    owner,
    target: item.id,
    payload: completePayload(draft, edge, item),
  }))
  return {
    async release() {},
    async link() {
      if ((await linkAtOnce(unit, edge, pairs)) < pairs.length) throw new Mistaken()
      if (showsIds(edge) && pairs.length > 0) await touch(unit, edge.from, [owner])
      return { ...emptyReport(), added: pairs.map((pair) => pair.target) }
    },
  }
}

/** Supposes that all of the targets are paired with the owner; null where that cannot be supposed. */
export async function removeAtOnce(
  unit: Unit,
  edge: Edge,
  owner: unknown,
  ids: readonly unknown[],
): Promise<Report | null> {
  if (ids.length === 0 || !isUnseen(unit, edge, 'Unlink')) return null
  if ((await unlink(unit, edge, owner, ids)) < ids.length) throw new Mistaken()
  if (showsIds(edge)) await touch(unit, edge.from, [owner])
  return { ...emptyReport(), removed: [...ids] }
}

/** Nobody needs to know which pairs there are: no scope that hides some, no hook that is told of them. */
function isUnseen(unit: Unit, edge: Edge, kind: 'Link' | 'Unlink'): boolean {
  return keepsPlainPairs(edge) && unit.context.visibility.scopes.size === 0 && !isHeard(edge, kind)
}
