/** What the oracle knows: records and pairs, plain data, copied whole before every write. */
import type { Association, End, Graph, Id, Members, Model } from './graph.js'
import { compareIds } from './values.js'

export interface Named {
  readonly model: string
  readonly id: Id
}

/** How a soft-deleted record was deleted: what a journal has to know to undo it. */
export interface Grave {
  /** id of the deletion, a call of `delete` or `deleteMany` */
  readonly deletion: string
  /** the record can be named to `restore`; the others are restored through one that can (R26) */
  root: boolean
  /** the records soft-deleted by the same deletion whose tie reached this one */
  causes: Named[]
}

export interface Stored {
  readonly id: Id
  /** scalars, embedded structures, to-one references; null where missing (R1) */
  values: Members
  createdAt: Date | null
  updatedAt: Date | null
  version: number | null
  deletedAt: Date | null
  grave: Grave | null
}

/** One pairing of a to-many association. In a symmetric one `from` is the smaller id (R16). */
export interface Pair {
  readonly from: Id
  readonly to: Id
  payload: Members
}

/** A reference or element that a soft delete took away, to be put back by `restore` (R23, R26). */
export interface Unset {
  readonly deletion: string
  readonly holder: Named
  /** field names and array indexes, from the record inwards */
  readonly path: readonly (string | number)[]
  /** an id for a reference, the whole element for an array */
  readonly value: unknown
  readonly what: 'reference' | 'element'
  /** the soft-deleted records it was taken away for */
  readonly targets: readonly Named[]
}

export interface World {
  readonly records: Record<string, Map<Id, Stored>>
  /** by association name; the order of one holder's pairs is the order of its list */
  readonly pairs: Record<string, Pair[]>
  unset: Unset[]
  /** the largest integer id ever used, by model (R7) */
  readonly sequences: Record<string, number>
  /** how many ids the oracle made by itself */
  counter: number
}

export function emptyWorld(graph: Graph): World {
  return {
    records: Object.fromEntries([...graph.models.keys()].map((name) => [name, new Map()])),
    pairs: Object.fromEntries(graph.associations.filter((a) => a.many).map((a) => [a.name, []])),
    unset: [],
    sequences: Object.fromEntries([...graph.models.keys()].map((name) => [name, 0])),
    counter: 0,
  }
}

export function recordsOf(world: World, model: string): Map<Id, Stored> {
  return world.records[model] ?? new Map()
}

/** Every record of a model by ascending id (R9). */
export function sortedRecords(world: World, model: string): Stored[] {
  return [...recordsOf(world, model).values()].sort((a, b) => compareIds(a.id, b.id))
}

export function recordOf(world: World, model: string, id: Id | null): Stored | null {
  return id === null ? null : (recordsOf(world, model).get(id) ?? null)
}

export function isLive(world: World, model: string, id: Id | null): boolean {
  return recordOf(world, model, id)?.deletedAt === null
}

/** A record as one bag of members, system fields included. */
export function view(model: Model, stored: Stored): Members {
  const all: Members = { ...stored, ...stored.values }
  return Object.fromEntries(
    [...Object.keys(model.fields), ...Object.keys(model.system)].map((name) => [name, all[name] ?? null]),
  )
}

/** One entry of an end: the other record's id and, in a to-many association, the pair. */
export interface Entry {
  readonly id: Id
  readonly pair: Pair | null
}

/**
 * What is stored at an end of a record, hidden and missing targets included: in the order given where the list is
 * ordered (R10), otherwise by ascending id (R9).
 */
export function entriesAt(world: World, end: End, id: Id): Entry[] {
  const { association, side } = end
  if (association.many) {
    const entries = pairsOf(world, association).flatMap((pair) => {
      const other = otherEnd(pair, association, side, id)
      return other === null ? [] : [{ id: other, pair }]
    })
    return association.ordered && side === 'holder' ? entries : byId(entries)
  }
  if (side === 'holder') {
    const target = recordOf(world, end.model, id)?.values[association.field] as Id | null | undefined
    return target === null || target === undefined ? [] : [{ id: target, pair: null }]
  }
  const holders = sortedRecords(world, association.holder).filter((h) => h.values[association.field] === id)
  return holders.map((holder) => ({ id: holder.id, pair: null }))
}

/** The entries whose records exist and are not deleted (R20). */
export function liveEntriesAt(world: World, end: End, id: Id): Entry[] {
  return entriesAt(world, end, id).filter((entry) => isLive(world, end.target, entry.id))
}

export function pairsOf(world: World, association: Association): Pair[] {
  return world.pairs[association.name] ?? []
}

function otherEnd(pair: Pair, association: Association, side: End['side'], id: Id): Id | null {
  if (association.symmetric) return pair.from === id ? pair.to : pair.to === id ? pair.from : null
  if (side === 'holder') return pair.from === id ? pair.to : null
  return pair.to === id ? pair.from : null
}

function byId(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => compareIds(a.id, b.id))
}
