import { fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { type Closure, closureOf, type Start } from '../../ties/closure.js'
import type { DeleteReport } from '../../types/reports.js'
import type { Unit } from '../write/unit.js'
import { answer } from './answer.js'
import { refuseMissing } from './choose-roots.js'
import { execute } from './execute.js'
import { blockersOf } from './report/met-holders.js'
import { reachedRecords, summaryOf, withMethods } from './report/report.js'
import { requireClosureInScope } from './require-within-scope.js'

/**
 * The closure of a delete, within the caller's scope.
 *
 * @throws KIN_NOT_FOUND, KIN_CLOSURE_TOO_LARGE, KIN_FORBIDDEN
 */
export async function close(unit: Unit, starts: readonly Start[]): Promise<Closure> {
  const { maxClosure: limit, description: store } = unit.context.store.capabilities
  const closure = await answer(
    unit,
    closureOf(starts, (size) => {
      if (size > limit) fail('KIN_CLOSURE_TOO_LARGE', { details: { store, size, limit } })
    }),
  )
  for (const { model, ids } of starts) {
    // Somebody may have deleted one between the look at it and the lock on it.
    const missing = ids.filter((id) => !closure.fates.get(model, id))
    if (missing.length > 0) refuseMissing(model, missing)
  }
  await requireClosureInScope(unit, closure)
  return closure
}

/** Carries out a closure. @throws KIN_RESTRICTED */
export async function carryOut(unit: Unit, model: Model, closure: Closure): Promise<DeleteReport> {
  if (closure.blockers.length > 0) refuseBlocked(model, closure)
  const { deletion, unlinked } = await execute(unit, closure)
  const report = {
    deletion,
    ...summaryOf(closure.fates),
    unlinked,
    dangling: closure.dangling.length,
  }
  return withMethods(report, { records: () => reachedRecords(closure.fates) })
}

function refuseBlocked(model: Model, closure: Closure): never {
  const blockers = blockersOf(closure.blockers)
  const words = blockers.map(({ association, model: holder, count }) => `${count} ${holder} (${association})`)
  return fail('KIN_RESTRICTED', {
    message: `The ${model.name} cannot be deleted while others restrict it: ${words.join(', ')}.`,
    details: { model: model.name, blockers },
  })
}
