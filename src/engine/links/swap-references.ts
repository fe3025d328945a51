import { fail } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { equals, fixed, isNull, slot, within } from '../../plan/conditions.js'
import type { Edge } from '../../schema/graph.js'
import type { Unit } from '../write/unit.js'
import { idOf } from './id-of.js'
import { keptIn, keyOf } from './own-key.js'

/**
 * Gives references another target, those only that still have the one that was read. Where another transaction was
 * faster and the store let this one see both states, the other ends would not fit any more.
 *
 * @param from null where they referred to nothing
 * @param to null where they are to
 * @throws KIN_CONFLICT, after which the write can be run again
 */
export async function swapReferences(
  unit: Unit,
  edge: Edge,
  holders: readonly unknown[],
  from: unknown,
  to: unknown,
): Promise<void> {
  const met = await unit.write(
    `own-key:swap:${keyOf(edge)}:${from === null}:${to === null}`,
    () => {
      const reference = keptIn(edge)
      const known = from === null ? isNull(reference) : equals(reference, slot(1))
      const value = to === null ? fixed(null) : slot(2)
      return {
        model: edge.from,
        where: allOf(within(idOf(edge.from), slot(0)), known),
        changes: [{ at: { path: [reference.name], field: reference }, op: 'set', value }],
      }
    },
    [holders, from, to],
  )
  if (met === holders.length) return
  fail('KIN_CONFLICT', {
    message: `"${edge.association}" was changed by another transaction while this one looked at it.`,
    details: { attempts: 1 },
  })
}
