/**
 * Pairs kept at both ends: a reference or a list on each of the two records, with the same payload. Whatever is
 * written at one end is written at the other in the same unit, so that each answers alone.
 */
import { canonical } from './canonical.js'
import { heldBy } from './held-by.js'
import { type Pair, type PairWriter, turned } from './pair.js'
import { movesOf } from './reflect.js'
import { sideOf } from './side-of.js'
import { bothSides, takeSteps } from './steps.js'

export const mirror: PairWriter = {
  read: (unit, edge, owners, targets) => sideOf(edge).read(unit, edge, owners, targets),

  async add(unit, edge, pairs) {
    const held = heldBy(edge)
    const own: readonly Pair[] = canonical(edge, edge.holder ? pairs : pairs.map(turned))
    await takeSteps(unit, held.many ? bothSides(held, 'add', own) : await movesOf(unit, held, own))
  },

  remove: (unit, edge, pairs) => takeSteps(unit, bothSides(edge, 'remove', canonical(edge, pairs))),
  merge: (unit, edge, pairs) => takeSteps(unit, bothSides(edge, 'merge', canonical(edge, pairs))),

  async cut(unit, edge, owners, targets) {
    const near = () => sideOf(edge).cut(unit, edge, owners, targets)
    const far = () => sideOf(edge.reverse).cut(unit, edge.reverse, targets, owners)
    for (const side of edge.from.name <= edge.to.name ? [near, far] : [far, near]) await side()
  },

  order: (unit, edge, owner, targets) => sideOf(edge).order(unit, edge, owner, targets),
}
