import type { Model } from '../../../schema/graph.js'
import type { Named } from '../../../ties/by-record.js'
import type { Fate, Outcome } from '../../../ties/fate.js'
import type { Shelf } from '../../../ties/tally.js'
import type { IdsByModel, ReachedRecord } from '../../../types/reports.js'
import type { HeldClosure } from '../ledger/ledger.js'
import { shelfPages } from '../ledger/shelf-pages.js'

type Id = string | number

/** Reports list the first of the ids; the rest is for those who ask (R27). */
export const LISTED = 1_000

export interface Summary {
  readonly deleted: Readonly<Record<string, number>>
  readonly softDeleted: Readonly<Record<string, number>>
  readonly ids: { readonly deleted: IdsByModel; readonly softDeleted: IdsByModel }
}

/** How many records go in which way, and the first of them. */
export async function summaryOf(closure: HeldClosure): Promise<Summary> {
  return {
    deleted: countsOf(closure, 'strong'),
    softDeleted: countsOf(closure, 'soft'),
    ids: { deleted: await firstOf(closure, 'strong'), softDeleted: await firstOf(closure, 'soft') },
  }
}

function countsOf({ tally }: HeldClosure, outcome: Outcome): Record<string, number> {
  return Object.fromEntries([...tally.of(outcome)].map(([{ name }, count]) => [name, count]))
}

async function firstOf(closure: HeldClosure, outcome: Outcome): Promise<IdsByModel> {
  const listed = new Map<Model, Id[]>()
  const isWanted = ({ model, counts }: Shelf): boolean =>
    counts[outcome] > 0 && (listed.get(model)?.length ?? 0) < LISTED
  for (const shelf of closure.tally.shelves()) {
    if (!isWanted(shelf)) continue
    for await (const { model, fates } of shelfPages(closure, (other) => isSame(other, shelf))) {
      const ids = listed.get(model) ?? []
      listed.set(model, ids)
      for (const [id, fate] of fates) {
        if (fate.outcome === outcome && ids.length < LISTED) ids.push(id as Id)
      }
      if (ids.length >= LISTED) break
    }
  }
  return Object.fromEntries([...listed].map(([{ name }, ids]) => [name, ids]))
}

const isSame = (one: Shelf, other: Shelf): boolean => one.step === other.step && one.model === other.model

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
export async function* reachedRecords(closure: HeldClosure): AsyncGenerator<ReachedRecord> {
  for await (const { model, fates } of shelfPages(closure)) {
    for (const [id, fate] of fates) yield reachedRecord({ model, id }, fate)
  }
}

export function reachedRecord({ model, id }: Named, fate: Fate): ReachedRecord {
  const outcome = fate.outcome === 'strong' ? 'deleted' : 'softDeleted'
  return { model: model.name, id: id as Id, outcome, level: fate.level, via: viaOf(fate) }
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
