/** Pairs kept as one id on the owner: `post.author` seen from the post. */
import { allOf } from '../../plan/combine.js'
import { equals, fieldAt, fixed, notNull, plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { Edge, Field } from '../../schema/graph.js'
import { groupBy } from './group-by.js'
import { idOf } from './id-of.js'
import type { Pair, PairWriter } from './pair.js'

/** The field of `from` that keeps the pairs: a reference, or a list. */
export const keptIn = (edge: Edge): Field => fieldAt(edge.from, edge.fromKey.paths[0]!)

/** Names the edge in the keys of statements: a pair that is kept at both ends has one place at each. */
export const keyOf = ({ association, holder }: Edge): string => `${association}:${holder}`

export const ownKey: PairWriter = {
  async read(unit, edge, owners, targets) {
    const reference = keptIn(edge)
    const { rows } = await unit.read(
      `own-key:${keyOf(edge)}:${targets !== undefined}`,
      () => {
        const id = idOf(edge.from)
        const met = targets ? within(reference, slot(1)) : notNull(reference)
        return plainRead(plainNode(edge.from, [id, reference], allOf(within(id, slot(0)), met)))
      },
      targets ? [owners, targets] : [owners],
    )
    return rows.map((row): Pair => ({ owner: row['id'], target: row[reference.name], payload: null }))
  },

  async add(unit, edge, pairs) {
    for (const [target, group] of groupBy(pairs, (pair) => pair.target)) {
      await unit.write(
        `own-key:set:${keyOf(edge)}`,
        () => ({
          model: edge.from,
          where: within(idOf(edge.from), slot(0)),
          changes: [{ at: { path: [keptIn(edge).name], field: keptIn(edge) }, op: 'set', value: slot(1) }],
        }),
        [group.map((pair) => pair.owner), target],
      )
    }
  },

  async remove(unit, edge, pairs) {
    for (const [target, group] of groupBy(pairs, (pair) => pair.target)) {
      await unit.write(
        `own-key:unset:${keyOf(edge)}`,
        () => ({
          model: edge.from,
          where: allOf(within(idOf(edge.from), slot(0)), equals(keptIn(edge), slot(1))),
          changes: [
            { at: { path: [keptIn(edge).name], field: keptIn(edge) }, op: 'set', value: fixed(null) },
          ],
        }),
        [group.map((pair) => pair.owner), target],
      )
    }
  },

  async cut(unit, edge, owners, targets) {
    const reference = keptIn(edge)
    await unit.write(
      `own-key:cut:${keyOf(edge)}`,
      () => ({
        model: edge.from,
        where: allOf(within(idOf(edge.from), slot(0)), within(reference, slot(1))),
        changes: [{ at: { path: [reference.name], field: reference }, op: 'set', value: fixed(null) }],
      }),
      [owners, targets],
    )
  },

  async merge() {},
  async order() {},
}
