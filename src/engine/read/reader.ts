import type { Model } from '../../schema/graph.js'
import type { EngineContext } from '../context.js'
import { newPlans, type Plans } from '../kept.js'

/** What the reading functions of one model share. */
export interface Reader {
  readonly context: EngineContext
  readonly model: Model
  readonly plans: Plans
}

export function readerOf(context: EngineContext, model: Model): Reader {
  const { kept, visibility } = context
  return { context, model, plans: kept.plans.take(`${model.name}\0${visibility.key}`, newPlans) }
}
