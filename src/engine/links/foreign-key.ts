/** Pairs kept as one id on the target: `user.posts` seen from the user. */
import { allOf } from '../../plan/combine.js'
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import { idOf } from './id-of.js'
import { keptIn, ownKey } from './own-key.js'
import { turned, type Pair, type PairWriter } from './pair.js'

export const foreignKey: PairWriter = {
  async read(unit, edge, owners, targets) {
    const reference = keptIn(edge.reverse)
    const { rows } = await unit.read(
      `foreign-key:${edge.association}:${targets !== undefined}`,
      () => {
        const id = idOf(edge.to)
        const owned = within(reference, slot(0))
        const where = targets ? allOf(owned, within(id, slot(1))) : owned
        const order = [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }] as const
        return plainRead(plainNode(edge.to, [id, reference], where, { order }))
      },
      targets ? [owners, targets] : [owners],
    )
    return rows.map((row): Pair => ({ owner: row[reference.name], target: row['id'], payload: null }))
  },
  add: (unit, edge, pairs) => ownKey.add(unit, edge.reverse, pairs.map(turned)),
  remove: (unit, edge, pairs) => ownKey.remove(unit, edge.reverse, pairs.map(turned)),
  cut: (unit, edge, owners, targets) => ownKey.cut(unit, edge.reverse, targets, owners),
  async merge() {},
  async order() {},
}
