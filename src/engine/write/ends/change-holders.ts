import type { Edge } from '../../../schema/graph.js'
import { compareIds } from '../../../schema/values/compare-ids.js'
import { holdRecords } from '../../links/hold-records.js'
import { type Pair, turned } from '../../links/pair.js'
import { pairsOf } from '../../links/pairs-of.js'
import { knownAmong } from '../check-targets.js'
import { type Draft, idOfItem, type Item, type NewRecord } from '../input/draft.js'
import { pointHolders, refuseShortening, unsetHolders } from '../point-holders.js'
import type { Unit } from '../unit.js'
import { type EndChange, emptyReport, removalReport, type Report } from './end-change.js'
import { visiblePairs } from './visible-pairs.js'

/**
 * Records that refer to the owner, seen from the owner: `user.posts`, `user.profile`. A record that is added
 * moves here (R14).
 *
 * @param edge from the owner
 * @param mode set: those that are shown and not among the items are unset
 */
export async function changeHolders(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  items: readonly Item[],
  mode: 'add' | 'set',
): Promise<EndChange> {
  const held = edge.reverse
  // Two who give the owner its only holder displace one another, one after the other.
  if (!edge.many) await holdRecords(unit, edge.from, [owner])
  if (mode === 'set' && edge.many && held.required) refuseShortening(held, 'replace')
  for (const { record } of items) if (record) fillIn(held, record, owner)
  const named = items.filter((item) => !item.record)
  const ids = named.map((item) => item.id)
  const before = ids.length === 0 ? [] : await pairsOf(held).read(unit, held, ids)
  const isKnown = await knownAmong(unit, held.from, ids)
  const here = new Set(
    before.filter((pair) => pair.target === owner && isKnown(pair.owner)).map((pair) => pair.owner),
  )
  const moved = named.filter((item) => !here.has(item.id))
  for (const { id, path } of moved) draft.targets.push({ edge, id, path, stored: true, changed: false })
  const unset = mode === 'add' ? [] : await shownOthers(unit, edge, owner, new Set(ids))
  return {
    release: () => unsetHolders(unit, held, unset),
    async link() {
      const report = emptyReport()
      for (const item of items) {
        const kind = here.has(item.id) ? report.unchanged : report.added
        kind.push(idOfItem(item))
      }
      const pairs = moved.map(({ id }): Pair => ({ owner: id, target: owner, payload: null }))
      if (pairs.length > 0) await pointHolders(unit, held, pairs)
      report.removed.push(...unset.map((pair) => pair.owner).sort(compareIds))
      return report
    },
  }
}

/** A new record refers to the owner from the start. @param edge from the holder */
function fillIn(edge: Edge, { values, shape }: NewRecord, owner: unknown): void {
  values[shape.places.get(edge.path[0] ?? '') ?? 0] = owner
}

/** What the end shows besides the records named, as pairs seen from the holders. */
async function shownOthers(
  unit: Unit,
  edge: Edge,
  owner: unknown,
  named: ReadonlySet<unknown>,
): Promise<Pair[]> {
  const pairs = await pairsOf(edge).read(unit, edge, [owner])
  const others = pairs.filter((pair) => !named.has(pair.target))
  return (await visiblePairs(unit, edge, others)).map(turned)
}

/**
 * Records that refer to the owner no longer do; what belongs to someone else, or is hidden, is unchanged
 * (R14).
 */
export async function removeHolders(
  unit: Unit,
  edge: Edge,
  owner: unknown,
  ids: readonly unknown[],
): Promise<Report> {
  const held = edge.reverse
  if (held.required) refuseShortening(held, 'shorten')
  const pairs = ids.length === 0 ? [] : await pairsOf(edge).read(unit, edge, [owner], ids)
  const shown = (await visiblePairs(unit, edge, pairs)).map(turned)
  await unsetHolders(unit, held, shown)
  const gone = new Set(shown.map((pair) => pair.owner))
  return removalReport(ids, gone)
}
