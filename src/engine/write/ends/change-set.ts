import type { Edge } from '../../../schema/graph.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import { heldBy } from '../../links/held-by.js'
import { holdRecords } from '../../links/hold-records.js'
import type { Pair } from '../../links/pair.js'
import { pairsOf } from '../../links/pairs-of.js'
import { addPairs } from '../add-pairs.js'
import { completePayload } from '../input/complete-payload.js'
import { type Draft, idOfItem, type Item, type NewPair } from '../input/draft.js'
import { isHeard } from '../link-hooks.js'
import { sameValue } from '../same-value.js'
import { touch } from '../touch.js'
import type { Unit } from '../unit.js'
import { type EndChange, emptyReport, removalReport, type Report } from './end-change.js'
import { mergePairs, removePairs } from './pair-changes.js'
import { visiblePairs } from './visible-pairs.js'

/**
 * add: the pairs are added to those there are.
 * set: the list comes to show exactly these; entries hidden from it stay, behind (R15).
 * replace: the stored ids become exactly these; what the caller's scope hides stays.
 */
export type SetMode = 'add' | 'set' | 'replace'

interface Entry {
  readonly item: Item
  /** null where the pair is new */
  readonly known: Pair | null
  /** of a new pair complete, otherwise what is new in it */
  readonly payload: Item['link']
  /** the pair is made with the record that is created at this end, in its own list */
  readonly placed: boolean
}

/** Pairs of a set association: adding one that exists merges its payload (R13). */
export async function changeSet(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  items: readonly Item[],
  mode: SetMode,
): Promise<EndChange> {
  const named = items.filter((item) => !item.record).map((item) => item.id)
  const self = edge.symmetric ? items.find((item) => !item.record && item.id === owner) : undefined
  if (self) draft.refuse(self.path, 'self', `"${edge.association}" pairs no record with itself.`)
  // Lists lie on the holders; the pairs of a join are kept apart by its key.
  if (!edge.through) await holdRecords(unit, heldBy(edge).from, edge.holder ? [owner] : named)
  const stored = await storedPairs(unit, edge, owner, mode === 'add' ? named : undefined)
  const shown = await shownAmong(unit, edge, stored, named)
  const entries = items.map((item) => withTwin(draft, edge, owner, item) ?? entryOf(draft, edge, item, shown))
  const gone = mode === 'add' ? [] : await goneFrom(unit, edge, stored, named, mode)
  return {
    async release() {
      await removePairs(unit, edge, gone)
      if (showsIds(edge) && gone.length > 0) await touch(unit, edge.from, [owner])
    },
    async link() {
      const report = emptyReport()
      const added: Pair[] = []
      const merged: Pair[] = []
      for (const { item, known, payload, placed } of entries) {
        const target = idOfItem(item)
        if (!known) {
          if (!placed) added.push({ owner, target, payload })
          report.added.push(target)
        } else if (payload) {
          merged.push({ owner, target, payload })
          report.updated.push(target)
        } else report.unchanged.push(target)
      }
      if (added.length > 0) await addPairs(unit, edge, added)
      if (merged.length > 0) await mergePairs(unit, edge, merged)
      const order = entries.map(({ item }) => idOfItem(item))
      const moved = mode !== 'add' && edge.ordered && isMoved(stored, gone, added, order)
      if (moved) await pairsOf(edge).order(unit, edge, owner, order)
      report.removed.push(...gone.map((pair) => pair.target).sort(compareIds))
      if (showsIds(edge) && (moved || added.length > 0)) await touch(unit, edge.from, [owner])
      return report
    },
  }
}

/** A one-sided list is content of its record; of two-sided ones neither record shows anything (R19). */
export const showsIds = (edge: Edge): boolean => edge.holder && edge.reverse.name === null

/** By target. @param among null: all of them */
async function storedPairs(
  unit: Unit,
  edge: Edge,
  owner: unknown,
  among: readonly unknown[] | undefined,
  bare = false,
): Promise<ReadonlyMap<unknown, Pair>> {
  if (among?.length === 0) return new Map()
  const pairs = await pairsOf(edge).read(unit, edge, [owner], among, bare)
  return new Map(pairs.map((pair) => [pair.target, pair]))
}

/**
 * A record that is created here may name the owner at its own end: it is the same pair, made once, and in the
 * record's own list at the place where that has it. Null where it does not.
 */
function withTwin(draft: Draft, edge: Edge, owner: unknown, item: Item): Entry | null {
  const { pairs } = draft
  const place = item.record ? pairs.findIndex((pair) => isTwin(pair, edge, owner, item)) : -1
  const twin = pairs[place]
  if (!twin) return null
  // It is a new pair here as well, which needs its whole payload.
  completePayload(draft, edge, item)
  const payload = twin.payload && { ...twin.payload, ...item.link }
  if (edge.holder) pairs.splice(place, 1)
  else pairs[place] = { ...twin, payload }
  return { item, known: null, payload, placed: !edge.holder }
}

function isTwin(
  { edge: of, holder, target }: NewPair,
  edge: Edge,
  owner: unknown,
  { record }: Item,
): boolean {
  if (of !== heldBy(edge)) return false
  const isPair = (own: Item, other: Item): boolean =>
    other.record === record && !own.record && own.id === owner
  return (
    (edge.holder && isPair(holder, target)) || ((!edge.holder || edge.symmetric) && isPair(target, holder))
  )
}

/** Those of the pairs that the caller may know of: naming another one is naming what is not there (R35). */
async function shownAmong(
  unit: Unit,
  edge: Edge,
  stored: ReadonlyMap<unknown, Pair>,
  named: readonly unknown[],
): Promise<ReadonlyMap<unknown, Pair>> {
  if (unit.context.visibility.scopes.size === 0) return stored
  const pairs = named.flatMap((id) => stored.get(id) ?? [])
  const shown = await visiblePairs(unit, edge, pairs, 'include')
  return new Map(shown.map((pair) => [pair.target, pair]))
}

/** @param shown the pairs there are, as far as the caller may know of them */
function entryOf(draft: Draft, edge: Edge, item: Item, shown: ReadonlyMap<unknown, Pair>): Entry {
  const known = item.record ? null : (shown.get(item.id) ?? null)
  if (known) {
    const payload = newIn(item, known)
    for (const name of Object.keys(payload ?? {})) {
      if (edge.payload.get(name)?.immutable) draft.immutable.push(name)
    }
    return { item, known, payload, placed: false }
  }
  if (!item.record) draft.targets.push({ edge, id: item.id, path: item.path, stored: false, changed: false })
  return { item, known, payload: completePayload(draft, edge, item), placed: false }
}

/** Payload fields given that differ from the stored ones; null where none does. */
function newIn({ link }: Item, { payload }: Pair): Item['link'] {
  const fresh = Object.entries(link ?? {}).filter(([name, value]) => !sameValue(value, payload?.[name]))
  return fresh.length === 0 ? null : Object.fromEntries(fresh)
}

async function goneFrom(
  unit: Unit,
  edge: Edge,
  stored: ReadonlyMap<unknown, Pair>,
  named: readonly unknown[],
  mode: SetMode,
): Promise<readonly Pair[]> {
  const kept = new Set(named)
  const others = [...stored.values()].filter((pair) => !kept.has(pair.target))
  return visiblePairs(unit, edge, others, mode === 'set' ? 'exclude' : 'include')
}

/** Whether the list is in another order than the one that adding at its end leaves. */
function isMoved(
  stored: ReadonlyMap<unknown, Pair>,
  gone: readonly Pair[],
  added: readonly Pair[],
  order: readonly unknown[],
): boolean {
  const without = new Set(gone.map((pair) => pair.target))
  const now = [...stored.keys()].filter((target) => !without.has(target))
  now.push(...added.map((pair) => pair.target))
  return order.some((target, index) => target !== now[index])
}

/** Removes pairs, to records hidden by soft delete too; those that are not linked are unchanged. */
export async function removeFromSet(
  unit: Unit,
  edge: Edge,
  owner: unknown,
  ids: readonly unknown[],
): Promise<Report> {
  // Where no hook is told of payloads, an index knows the pairs (measured: adding and removing a hundred is a
  // tenth faster).
  const stored = await storedPairs(unit, edge, owner, ids, !isHeard(edge, 'Unlink'))
  const pairs = await visiblePairs(unit, edge, [...stored.values()], 'include')
  await removePairs(unit, edge, pairs)
  if (showsIds(edge) && pairs.length > 0) await touch(unit, edge.from, [owner])
  return removalReport(ids, new Set(pairs.map((pair) => pair.target)))
}
