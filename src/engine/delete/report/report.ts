import type { Model } from '../../../schema/graph.js'
import type { Fate, Fates, Outcome } from '../../../ties/fate.js'
import type { IdsByModel, ReachedRecord } from '../../../types/reports.js'

type Id = string | number

/** Reports list the first of the ids; the rest is for those who ask (R27). */
export const LISTED = 1_000

export interface Summary {
  readonly deleted: Readonly<Record<string, number>>
  readonly softDeleted: Readonly<Record<string, number>>
  readonly ids: { readonly deleted: IdsByModel; readonly softDeleted: IdsByModel }
}

/** How many records go in which way, and the first of them. */
export function summaryOf(fates: Fates): Summary {
  const deleted = countsOf(fates, 'strong')
  const softDeleted = countsOf(fates, 'soft')
  return {
    deleted: deleted.counts,
    softDeleted: softDeleted.counts,
    ids: { deleted: deleted.ids, softDeleted: softDeleted.ids },
  }
}

function countsOf(fates: Fates, outcome: Outcome) {
  const counts: Record<string, number> = {}
  const ids: Record<string, Id[]> = {}
  for (const [model, known] of fates.models()) {
    for (const [id, fate] of known) if (fate.outcome === outcome) countOne(counts, ids, model, id)
  }
  return { counts, ids }
}

function countOne(
  counts: Record<string, number>,
  ids: Record<string, Id[]>,
  { name }: Model,
  id: unknown,
): void {
  counts[name] = (counts[name] ?? 0) + 1
  const listed = (ids[name] ??= [])
  if (listed.length < LISTED) listed.push(id as Id)
}

/** The same for lists of ids. */
export function countsByModel(lists: ReadonlyMap<Model, readonly unknown[]>) {
  const counts: Record<string, number> = {}
  const ids: Record<string, Id[]> = {}
  for (const [{ name }, list] of lists) {
    counts[name] = list.length
    ids[name] = list.slice(0, LISTED) as Id[]
  }
  return { counts, ids }
}

/** Every record that a closure reaches. */
export function* reachedRecords(fates: Fates): Generator<ReachedRecord> {
  for (const [model, known] of fates.models()) {
    for (const [id, fate] of known) {
      const outcome = fate.outcome === 'strong' ? 'deleted' : 'softDeleted'
      yield { model: model.name, id: id as Id, outcome, level: fate.level, via: viaOf(fate) }
    }
  }
}

function viaOf({ via }: Fate): ReachedRecord['via'] {
  if (via === null) return null
  return { association: via.edge.association, tie: via.tie, model: via.from.name, id: via.id as Id }
}

/** Adds methods to a report that its JSON and a comparison of its values leave out. */
export function withMethods<R extends object, M extends object>(report: R, methods: M): R & M {
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(report, name, { value })
  return Object.freeze(report) as R & M
}
