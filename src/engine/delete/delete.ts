import { fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { isPlainObject } from '../../schema/values/is-plain-object.js'
import type { DeletePlan, DeleteReport } from '../../types/reports.js'
import type { EngineContext } from '../context.js'
import { checkOptions, refuseArgument } from '../write/check-options.js'
import { runPrepared } from '../write/run-unit.js'
import { type Choice, chooseRoots, readChoice, readId } from './choose-roots.js'
import { carryOut, close, startsAt } from './close.js'
import { SpillingLedger } from './ledger/spilling-ledger.js'
import { describe } from './report/describe.js'

export interface DeleteOptions {
  readonly hard?: boolean | undefined
  readonly plan?: Pick<DeletePlan, 'hash' | 'hard'> | undefined
  readonly signal?: AbortSignal | undefined
}

export interface DeleteManyChoice extends DeleteOptions {
  readonly where?: unknown
  readonly ids?: unknown
}

/** Deletes a record and follows the ties. */
export function deleteOne(
  context: EngineContext,
  model: Model,
  id: unknown,
  options: DeleteOptions = {},
): Promise<DeleteReport> {
  return run(context, model, options, () => {
    checkOptions(options, ['hard', 'plan', 'signal'], 'delete')
    return { ids: [readId(model, id, 'id')], where: undefined }
  })
}

/** Deletes the records with these ids, or all that match, in one closure. */
export function deleteMany(
  context: EngineContext,
  model: Model,
  choice: DeleteManyChoice,
): Promise<DeleteReport> {
  return run(context, model, choice, () => {
    checkOptions(choice, ['where', 'ids', 'hard', 'plan', 'signal'], 'deleteMany')
    return readChoice(model, choice)
  })
}

function run(
  context: EngineContext,
  model: Model,
  options: DeleteOptions,
  choose: () => Choice,
): Promise<DeleteReport> {
  return runPrepared(
    context,
    () => {
      const choice = choose()
      checkFlags(options)
      return choice
    },
    async (unit, choice) => {
      const { plan } = options
      const hard = options.hard ?? plan?.hard ?? false
      const ids = await chooseRoots(unit, model, choice)
      const closure = await close(unit, startsAt(model, ids, hard), new SpillingLedger(unit))
      if (plan) {
        const { hash } = await describe(unit, closure, hard)
        if (hash !== plan.hash) fail('KIN_PLAN_STALE', { details: { planned: plan.hash, found: hash } })
      }
      return carryOut(unit, model, closure)
    },
    options,
  )
}

function checkFlags({ hard, plan }: DeleteOptions): void {
  if (hard !== undefined && typeof hard !== 'boolean') refuseArgument('hard', 'true or false', hard)
  if (plan !== undefined && !(isPlainObject(plan) && typeof plan.hash === 'string')) {
    refuseArgument('plan', 'what `planDelete` gave', plan)
  }
}
