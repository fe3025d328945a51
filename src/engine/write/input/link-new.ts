import type { Edge } from '../../../schema/graph.js'
import { heldBy } from '../../links/held-by.js'
import type { Draft, Item, NewRecord } from './draft.js'
import { put } from './read-value.js'

/**
 * Notes that a new record has this item at one of its ends: as a pair, or as a reference back from the item's
 * record.
 */
export function linkNew(draft: Draft, edge: Edge, owner: NewRecord, item: Item): void {
  const held = heldBy(edge)
  const { record, id, path } = item
  if (held.many) {
    const self: Item = { record: owner, id: undefined, link: null, path: owner.path }
    const [holder, target] = edge.holder ? [self, item] : [item, self]
    draft.pairs.push({ edge: held, holder, target, payload: item.link })
    if (!record) draft.targets.push({ edge, id, path, stored: false, changed: false })
  } else if (record) {
    put(owner, record.values, record.shape.places.get(held.path[0] ?? '') ?? 0, record)
  } else {
    draft.moves.push({ edge: held, holder: id, target: owner, path })
    draft.targets.push({ edge, id, path, stored: true, changed: false })
  }
}
