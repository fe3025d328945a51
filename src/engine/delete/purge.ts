import { unknownName } from '../../errors/index.js'
import { allOf } from '../../plan/combine.js'
import { compare, plainNode, plainRead, slot } from '../../plan/conditions.js'
import { callerScope } from '../../plan/visibility.js'
import type { Graph, Model } from '../../schema/graph.js'
import { always } from '../../store/filter.js'
import type { Start } from '../../ties/closure.js'
import type { DeleteReport } from '../../types/reports.js'
import type { EngineContext } from '../context.js'
import { idOf } from '../links/id-of.js'
import { checkOptions, refuseArgument } from '../write/check-options.js'
import { runPrepared } from '../write/run-unit.js'
import { fieldOfSystem } from '../write/system-fields.js'
import type { Unit } from '../write/unit.js'
import { carryOut, close } from './close.js'
import { SpillingLedger } from './ledger/spilling-ledger.js'
import { deletionsBefore, removeDeletions } from './journal/deletions.js'

const PAGE = 5_000

export interface PurgeOptions {
  readonly before: Date
  readonly signal?: AbortSignal | undefined
}

export interface PurgeAllOptions extends PurgeOptions {
  readonly model?: string | undefined
}

/** Removes for good what was soft-deleted before a date, in every model or in one; the ties do what they do for a hard delete. */
export function purge(context: EngineContext, options: PurgeAllOptions): Promise<DeleteReport> {
  return run(context, options, () => {
    checkOptions(options, ['before', 'model', 'signal'], 'purge')
    return options.model === undefined ? null : modelNamed(context.graph, options.model)
  })
}

/** The same for the records of one model: `db.user.purge`. */
export function purgeModel(
  context: EngineContext,
  model: Model,
  options: PurgeOptions,
): Promise<DeleteReport> {
  return run(context, options, () => {
    checkOptions(options, ['before', 'signal'], 'purge')
    return model
  })
}

function run(
  context: EngineContext,
  options: PurgeOptions,
  choose: () => Model | null,
): Promise<DeleteReport> {
  return runPrepared(
    context,
    () => {
      const model = choose()
      const { before } = options
      if (!(before instanceof Date && !Number.isNaN(before.getTime())))
        refuseArgument('before', 'a date', before)
      return model
    },
    (unit, model) => purgeBefore(unit, options.before, model),
    options,
  )
}

function modelNamed(graph: Graph, name: string): Model {
  const model = graph.models.get(name)
  if (model) return model
  return unknownName('KIN_UNKNOWN_OPTION', {
    word: name,
    kind: 'model',
    where: 'the graph',
    candidates: graph.models.keys(),
    path: 'model',
  })
}

async function purgeBefore(unit: Unit, before: Date, only: Model | null): Promise<DeleteReport> {
  const { graph, visibility } = unit.context
  const models = only ? [only] : [...graph.models.values()]
  const closure = await close(unit, startsBefore(unit, models, before), new SpillingLedger(unit))
  // A deletion marks all its records at one moment, so nothing of these is left to be restored; first, because then there is
  // nothing to be amended in them.
  if (!only && visibility.scopes.size === 0 && graph.system.size > 0) {
    await removeDeletions(unit, await deletionsBefore(unit, before))
  }
  return carryOut(unit, only ?? models[0]!, closure)
}

async function* startsBefore(unit: Unit, models: readonly Model[], before: Date): AsyncGenerator<Start> {
  for (const model of models) {
    if (!model.softDelete) continue
    let ids: readonly unknown[] = []
    do {
      ids = await deletedBefore(unit, model, before, ids.at(-1))
      if (ids.length > 0) yield { model, ids, outcome: 'strong', buried: true }
    } while (ids.length === PAGE)
  }
}

async function deletedBefore(
  unit: Unit,
  model: Model,
  before: Date,
  after: unknown,
): Promise<readonly unknown[]> {
  const { visibility } = unit.context
  const at = visibility.values.length
  const { rows } = await unit.read(
    `purge:${model.name}:${after !== undefined}:${visibility.key}`,
    () => {
      const id = idOf(model)
      const earlier = compare(fieldOfSystem(model, 'deletedAt')!, 'lt', slot(at))
      const following = after === undefined ? always : compare(id, 'gt', slot(at + 1))
      return plainRead(
        plainNode(model, [id], allOf(earlier, following, callerScope(visibility, model)), {
          order: [{ direction: 'asc', via: [], by: { of: 'record', path: ['id'], field: id } }],
          limit: { fixed: PAGE },
        }),
      )
    },
    [...visibility.values, before, after],
  )
  return rows.map((row) => row['id'])
}
