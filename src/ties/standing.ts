import type { Model } from '../schema/graph.js'
import type { Fates, Tied } from './fate.js'
import { records, type Ask } from './question.js'

/**
 * Of pairs whose target goes, those whose holder stands where a weak or restrict tie matters (R22 to R24): under a hard delete
 * every stored holder that does not go for good itself; under a soft one every live holder that stays live.
 */
export function* standing(fates: Fates, found: readonly Tied[]): Ask<readonly Tied[]> {
  // A target whose outcome grew was looked at twice; what was found last says what becomes of it.
  const final = found.filter(({ edge, target, outcome }) => fates.get(edge.to, target)!.outcome === outcome)
  const staying = final.filter(({ edge, holder, outcome }) => {
    const own = fates.get(edge.from, holder)?.outcome
    return outcome === 'strong' ? own !== 'strong' : own === undefined
  })
  const buried = yield* buriedAmong(staying.filter(({ outcome }) => outcome === 'soft'))
  if (buried.size === 0) return staying
  return staying.filter(
    ({ edge, holder, outcome }) => outcome === 'strong' || !buried.get(edge.from)?.has(holder),
  )
}

/** Holders that were soft-deleted before. */
function* buriedAmong(tied: readonly Tied[]): Ask<ReadonlyMap<Model, ReadonlySet<unknown>>> {
  const buried = new Map<Model, ReadonlySet<unknown>>()
  for (const model of new Set(tied.map(({ edge }) => edge.from))) {
    if (!model.softDelete) continue
    const ids = new Set(tied.filter(({ edge }) => edge.from === model).map(({ holder }) => holder))
    const stored = yield* records(model, [...ids], false)
    const deleted = stored.filter(({ deletion }) => deletion !== null)
    if (deleted.length > 0) buried.set(model, new Set(deleted.map(({ id }) => id)))
  }
  return buried
}
