import type { PlanBatch } from '../../plan/plan.js'
import { loadEmbedded } from './load-embedded.js'
import { loadMany } from './load-many.js'
import { loadOne } from './load-one.js'
import type { Loader } from './prepared.js'

export function loaderFor({ child }: PlanBatch): Loader {
  if (child.edge.embedded) return loadEmbedded
  return child.edge.many ? loadMany : loadOne
}
