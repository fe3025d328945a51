import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import { formatPlan } from '../../ties/format-plan.js'
import { MemoryLedger } from '../../ties/memory-ledger.js'
import type { DeletePlan, ReachedRecord } from '../../types/reports.js'
import type { EngineContext } from '../context.js'
import { checkOptions } from '../write/check-options.js'
import { makeUnit } from '../write/make-unit.js'
import { type Choice, chooseRoots, readChoice, readId } from './choose-roots.js'
import { close, startsAt } from './close.js'
import { describe } from './report/describe.js'
import { reachedRecord, summaryOf, withMethods } from './report/report.js'

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
  const closure = await close(unit, startsAt(model, ids, hard), new MemoryLedger())
  const summary = await summaryOf(closure)
  const plan = {
    model: model.name,
    hard,
    ...summary,
    ...(await describe(unit, closure, hard)),
    irreversible: !hard && model.softDelete && Object.keys(summary.deleted).length > 0,
  }
  function* records(): Generator<ReachedRecord> {
    for (const [named, fate] of closure.ledger.all()) yield reachedRecord(named, fate)
  }
  return withMethods(plan, { records, toString: () => formatPlan({ ...plan, records }) })
}

function readChosen(model: Model, choice: unknown): Choice {
  if (!isPlainObject(choice)) return { ids: [readId(model, choice, 'id')], where: undefined }
  checkOptions(choice, ['where', 'ids'], 'planDelete')
  return readChoice(model, choice)
}
