import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { DeletePlan } from '../../types/reports.js'
import type { EngineContext } from '../context.js'
import { checkOptions } from '../write/check-options.js'
import { makeUnit } from '../write/make-unit.js'
import { type Choice, chooseRoots, readChoice, readId } from './choose-roots.js'
import { close } from './close.js'
import { startAt } from './delete.js'
import { describePlan } from './report/describe-plan.js'

export interface PlanOptions {
  readonly hard?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** What a delete would do. Reads only, and outside of any transaction unless it is asked inside of one. */
export async function planDelete(
  context: EngineContext,
  model: Model,
  choice: unknown,
  options: PlanOptions = {},
): Promise<DeletePlan> {
  checkOptions(options, ['hard', 'signal'], 'planDelete')
  const { hard = false, signal } = options
  const chosen = readChosen(model, choice)
  const unit = makeUnit(context, await context.session(signal), [])
  const ids = await chooseRoots(unit, model, chosen)
  const closure = await close(unit, [startAt(model, ids, hard)])
  return describePlan(unit, model, closure, hard)
}

function readChosen(model: Model, choice: unknown): Choice {
  if (!isPlainObject(choice)) return { ids: [readId(model, choice, 'id')], where: undefined }
  checkOptions(choice, ['where', 'ids'], 'planDelete')
  return readChoice(model, choice)
}
