import { unrestricted, visible } from '../../plan/visibility.js'
import type { Edge } from '../../schema/graph.js'
import type { Maybe } from '../maybe.js'
import type { Unit } from '../write/unit.js'
import { heldBy } from './held-by.js'
import type { Pair } from './pair.js'
import { endsOf } from './through.js'

/**
 * The edge's pairs are rows of a join that are nothing but pairs, written down as they are seen and in no
 * order.
 */
export const keepsPlainPairs = (edge: Edge): boolean => {
  const { through, symmetric } = heldBy(edge)
  return through !== null && !through.declared && !symmetric && through.position === null
}

/**
 * Adds those of the pairs that are missing and whose targets can be seen by everybody, without looking first.
 *
 * @param edge keeps plain pairs, in a store that can do this
 * @returns how many pairs are new
 */
export function linkAtOnce(unit: Unit, edge: Edge, pairs: readonly Pair[]): Maybe<number> {
  const { model, near, far, payload } = endsOf(edge)
  return unit.link(
    `${edge.association}:${edge.holder}`,
    () => ({
      model,
      fields: [near, far, ...edge.payload.values()],
      target: far,
      among: { model: edge.to, where: visible(unrestricted, edge.to, 'exclude') },
    }),
    pairs.map((pair) => [pair.owner, pair.target, ...payload.map((name) => pair.payload?.[name] ?? null)]),
  )
}
