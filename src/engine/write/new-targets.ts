import type { Model } from '../../schema/graph.js'
import { groupBy } from '../links/group-by.js'
import { knownAmong } from './check-targets.js'
import type { Draft, NamedTarget } from './input/draft.js'
import { heldIds } from './input/held-ids.js'
import type { Unit } from './unit.js'

type Members = Readonly<Record<string, unknown>>

/** The targets that the draft names newly: what the record shows at the same place already is none (R15). */
export async function newTargets(
  unit: Unit,
  draft: Draft,
  model: Model,
  before: Members,
): Promise<NamedTarget[]> {
  const isHeld = ({ edge, id, changed }: NamedTarget): boolean =>
    changed && edge.from === model && heldIds(edge, before).has(id)
  const fresh = draft.targets.filter((target) => !isHeld(target))
  for (const [to, held] of groupBy(draft.targets.filter(isHeld), ({ edge }) => edge.to)) {
    const isKnown = await knownAmong(
      unit,
      to,
      held.map(({ id }) => id),
    )
    fresh.push(...held.filter(({ id }) => !isKnown(id)))
  }
  return fresh
}
