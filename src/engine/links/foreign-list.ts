/** Pairs kept in the target's list: the array layout seen from its inverse end. */
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { always } from '../../store/filter.js'
import { idOf } from './id-of.js'
import { ownList } from './own-list.js'
import { turned, type Pair, type PairWriter } from './pair.js'

export const foreignList: PairWriter = {
  async read(unit, edge, owners, targets) {
    const { rows, keys } = await unit.read(
      `foreign-list:${edge.association}:${targets !== undefined}`,
      () => {
        const id = idOf(edge.to)
        const order = [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }] as const
        const node = plainNode(edge.to, [id], targets ? within(id, slot(0)) : always, { order })
        return plainRead(node, edge, [...edge.payload.values()])
      },
      targets ? [targets] : [],
      owners,
    )
    return rows.map((row, index): Pair => ({
      owner: keys![index],
      target: row['id'],
      payload: (row['$link'] as Pair['payload']) ?? null,
    }))
  },
  add: (unit, edge, pairs) => ownList.add(unit, edge.reverse, pairs.map(turned)),
  remove: (unit, edge, pairs) => ownList.remove(unit, edge.reverse, pairs.map(turned)),
  cut: (unit, edge, owners, targets) => ownList.cut(unit, edge.reverse, targets, owners),
  merge: (unit, edge, pairs) => ownList.merge(unit, edge.reverse, pairs.map(turned)),
  // a list written down at the other end has no order at this one (R10)
  async order() {},
}
