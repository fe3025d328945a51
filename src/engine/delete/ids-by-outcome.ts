import type { Model } from '../../schema/graph.js'
import type { Fates, Outcome } from '../../ties/fate.js'

/** The records that go in one way, by model. */
export function idsThatGo(fates: Fates, outcome: Outcome): Map<Model, unknown[]> {
  const found = new Map<Model, unknown[]>()
  for (const [model, known] of fates.models()) {
    const ids: unknown[] = []
    for (const [id, fate] of known) if (fate.outcome === outcome) ids.push(id)
    if (ids.length > 0) found.set(model, ids)
  }
  return found
}

/** Records that go for good, those farthest from what the caller named first. */
export function strongDeepestFirst(fates: Fates): readonly (readonly [Model, readonly unknown[]])[] {
  const levels: Map<Model, unknown[]>[] = []
  for (const [model, known] of fates.models()) {
    for (const [id, { outcome, level }] of known) {
      if (outcome !== 'strong') continue
      const models = (levels[level] ??= new Map<Model, unknown[]>())
      const ids = models.get(model)
      if (ids) ids.push(id)
      else models.set(model, [id])
    }
  }
  return levels.reverse().flatMap((models) => [...models])
}
