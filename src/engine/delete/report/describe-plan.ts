import type { Model } from '../../../schema/graph.js'
import type { Closure } from '../../../ties/closure.js'
import { formatPlan } from '../../../ties/format-plan.js'
import { type Line, planHash } from '../../../ties/plan-hash.js'
import type { DeletePlan } from '../../../types/reports.js'
import type { Unit } from '../../write/unit.js'
import { embeddedCuts } from '../embedded/embedded-cuts.js'
import { lostEntries } from '../entries.js'
import { blockersOf, HoldersMet } from './met-holders.js'
import { reachedRecords, summaryOf, withMethods } from './report.js'

type Id = string | number

/** What a closure will do, in full; its effects on references and entries are read for this. */
export async function describePlan(
  unit: Unit,
  model: Model,
  closure: Closure,
  hard: boolean,
): Promise<DeletePlan> {
  const { fates } = closure
  const unset = await describeUnset(unit, closure)
  const removed = await describeRemoved(unit, closure)
  const dangling = new HoldersMet()
  for (const { edge, holder } of closure.dangling) dangling.add(edge.association, edge.from, holder)
  const lines: Line[] = [['hard', String(hard)], ...unset.lines, ...removed.lines]
  for (const { edge, holder } of closure.blockers) lines.push(['blocks', edge.association, holder as Id])
  for (const { model: name, id, outcome } of reachedRecords(fates)) lines.push([outcome, name, id])

  const summary = summaryOf(fates)
  const plan = {
    model: model.name,
    hard,
    ...summary,
    unset: unset.met.list,
    removed: removed.met.list,
    dangling: dangling.list,
    blockers: blockersOf(closure.blockers),
    irreversible: !hard && model.softDelete && Object.keys(summary.deleted).length > 0,
    hash: planHash(lines),
  }
  const records = () => reachedRecords(fates)
  return withMethods(plan, { records, toString: () => formatPlan({ ...plan, records }) })
}

interface Described {
  readonly met: HoldersMet
  readonly lines: Line[]
}

async function describeUnset(unit: Unit, closure: Closure): Promise<Described> {
  const met = new HoldersMet()
  const lines: Line[] = []
  const add = (model: Model, holder: unknown, place: readonly Id[]): void => {
    met.add([model.name, ...place.filter((part) => typeof part === 'string')].join('.'), model, holder)
    lines.push(['unset', model.name, holder as Id, ...place])
  }
  for (const { edge, holder } of closure.unset) if (!edge.embedded) add(edge.from, holder, edge.path)
  for await (const { model, records } of embeddedCuts(unit, closure)) {
    for (const { id, cuts } of records) for (const { place } of cuts) add(model, id, place)
  }
  return { met, lines }
}

async function describeRemoved(unit: Unit, { fates }: Closure): Promise<Described> {
  const met = new HoldersMet()
  const lines: Line[] = []
  for await (const { edge, pairs } of lostEntries(unit, fates)) {
    for (const { holder, target } of pairs) {
      met.add(edge.association, edge.from, holder)
      lines.push(['removed', edge.association, holder as Id, target as Id])
    }
  }
  return { met, lines }
}
