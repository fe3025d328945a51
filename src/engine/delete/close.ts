import { fail } from '../../errors/index.js'
import type { Model } from '../../schema/graph.js'
import { chunks } from '../../ties/chunks.js'
import { type Start, Walk } from '../../ties/closure.js'
import { consequences } from '../../ties/consequences.js'
import type { DeleteReport, ReachedRecord } from '../../types/reports.js'
import { makeUnit } from '../write/make-unit.js'
import type { Unit } from '../write/unit.js'
import { answer, findings } from './answer.js'
import { refuseMissing } from './choose-roots.js'
import { execute } from './execute.js'
import type { HeldClosure, Ledger } from './ledger/ledger.js'
import type { SpillingLedger } from './ledger/spilling-ledger.js'
import { BlockersMet } from './report/met-holders.js'
import { reachedRecords, summaryOf, withMethods } from './report/report.js'
import { requireClosureInScope } from './require-within-scope.js'

/**
 * The closure of a delete, within the caller's scope.
 *
 * @throws KIN_NOT_FOUND, KIN_CLOSURE_TOO_LARGE, KIN_FORBIDDEN
 */
export async function close<L extends Ledger>(
  unit: Unit,
  starts: AsyncIterable<Start> | Iterable<Start>,
  ledger: L,
): Promise<HeldClosure & { readonly ledger: L }> {
  const { maxClosure: limit, description: store } = unit.context.store.capabilities
  const walk = new Walk(unit.context.closureInMemory, (size) => {
    if (size > limit) fail('KIN_CLOSURE_TOO_LARGE', { details: { store, size, limit } })
  })
  for await (const start of starts) {
    // Somebody may have deleted one between the look at it and the lock on it.
    const missing = await answer(unit, walk.begin(start), ledger)
    if (missing.length > 0) refuseMissing(start.model, missing)
  }
  await answer(unit, walk.follow(), ledger)
  const { tally, orphans, deletions } = walk
  const closure = { tally, orphans, deletions, ledger }
  await requireClosureInScope(unit, closure)
  return closure
}

/** The records that the caller names, a chunk at a time. */
export function* startsAt(model: Model, ids: readonly unknown[], hard: boolean): Generator<Start> {
  const outcome = hard || !model.softDelete ? 'strong' : 'soft'
  for (const chunk of chunks(ids)) yield { model, ids: chunk, outcome }
}

/** Carries out a closure. @throws KIN_RESTRICTED */
export async function carryOut(
  unit: Unit,
  model: Model,
  closure: HeldClosure & { readonly ledger: SpillingLedger },
): Promise<DeleteReport> {
  await refuseBlocked(unit, model, closure)
  const { deletion, unlinked, dangling } = await execute(unit, closure)
  const report = { deletion, ...(await summaryOf(closure)), unlinked, dangling }
  async function* records(): AsyncGenerator<ReachedRecord> {
    closure.ledger.unit = await unitAfter(unit)
    yield* reachedRecords(closure)
  }
  return withMethods(report, { records })
}

/** A unit to read with after another one, which may be over. */
async function unitAfter({ context }: Unit): Promise<Unit> {
  const { transaction, store } = context
  const session = transaction && !transaction.isOver ? transaction.session : await store.reader()
  return makeUnit(context, session, [])
}

async function refuseBlocked(unit: Unit, model: Model, closure: HeldClosure): Promise<void> {
  const met = new BlockersMet()
  for await (const tied of findings(unit, consequences(closure, 'restrict'), closure.ledger)) met.add(tied)
  const blockers = met.list
  if (blockers.length === 0) return
  const words = blockers.map(({ association, model: holder, count }) => `${count} ${holder} (${association})`)
  fail('KIN_RESTRICTED', {
    message: `The ${model.name} cannot be deleted while others restrict it: ${words.join(', ')}.`,
    details: { model: model.name, blockers },
  })
}
