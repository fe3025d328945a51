/**
 * Pairs kept as a list of ids, or of `{ id, …payload }` entries, on the owner: the array layout seen from its
 * holder.
 */
import { plainNode, plainRead, slot, within } from '../../plan/conditions.js'
import type { Edge } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import type { Change } from '../../store/write.js'
import type { Unit } from '../write/unit.js'
import { contentKey } from './content-key.js'
import { groupBy } from './group-by.js'
import { idOf } from './id-of.js'
import { keptIn, keyOf } from './own-key.js'
import type { Pair, PairWriter } from './pair.js'

export const ownList: PairWriter = {
  async read(unit, edge, owners, targets) {
    const wanted = targets && new Set(targets)
    const pairs: Pair[] = []
    for (const [owner, entries] of await readEntries(unit, edge, owners)) {
      const own = entries
        .map((entry) => pairOf(edge, owner, entry))
        .filter((pair) => !wanted || wanted.has(pair.target))
      pairs.push(...(edge.ordered ? own : own.sort((a, b) => compareIds(a.target, b.target))))
    }
    return pairs
  },

  add: (unit, edge, pairs) => perOwner(unit, edge, pairs, 'append', (pair) => entryOf(edge, pair)),
  remove: (unit, edge, pairs) => perOwner(unit, edge, pairs, 'removeEntries', (pair) => pair.target),
  merge: (unit, edge, pairs) => perOwner(unit, edge, pairs, 'mergeEntries', (pair) => entryOf(edge, pair)),

  async cut(unit, edge, owners, targets) {
    await change(unit, edge, 'removeEntries', owners, targets)
  },

  async order(unit, edge, owner, targets) {
    const entries = (await readEntries(unit, edge, [owner])).get(owner) ?? []
    const place = new Map(targets.map((target, index) => [target, index]))
    const placeOf = (entry: unknown) => place.get(pairOf(edge, owner, entry).target) ?? targets.length
    const sorted = entries.toSorted((a, b) => placeOf(a) - placeOf(b))
    await change(unit, edge, 'set', [owner], sorted)
  },
}

async function readEntries(unit: Unit, edge: Edge, owners: readonly unknown[]) {
  const list = keptIn(edge)
  const { rows } = await unit.read(
    `own-list:${keyOf(edge)}`,
    () => plainRead(plainNode(edge.from, [idOf(edge.from), list], within(idOf(edge.from), slot(0)))),
    [owners],
  )
  return new Map(rows.map((row) => [row['id'], (row[list.name] ?? []) as readonly unknown[]]))
}

/** Owners that get the same entries are changed in one statement. */
async function perOwner(
  unit: Unit,
  edge: Edge,
  pairs: readonly Pair[],
  op: 'append' | 'removeEntries' | 'mergeEntries',
  entry: (pair: Pair) => unknown,
): Promise<void> {
  const lists = [...groupBy(pairs, (pair) => pair.owner)].map(([owner, own]) => ({
    owner,
    entries: own.map(entry),
  }))
  // The content of the only list need not be looked at.
  const same = lists.length === 1 ? [lists] : groupBy(lists, ({ entries }) => contentKey(entries)).values()
  for (const group of same) {
    await change(
      unit,
      edge,
      op,
      group.map((list) => list.owner),
      group[0]!.entries,
    )
  }
}

const change = (
  unit: Unit,
  edge: Edge,
  op: 'set' | 'append' | 'removeEntries' | 'mergeEntries',
  owners: readonly unknown[],
  value: unknown,
) =>
  unit.write(
    `own-list:${op}:${keyOf(edge)}`,
    () => {
      const list = keptIn(edge)
      const made: Change = { at: { path: [list.name], field: list }, op, value: slot(1) }
      return { model: edge.from, where: within(idOf(edge.from), slot(0)), changes: [made] }
    },
    [owners, value],
  )

/** The pairs that a stored reference or list stands for. */
export function pairsIn(edge: Edge, owner: unknown, stored: unknown): Pair[] {
  if (edge.fromKey.many) return (stored as readonly unknown[]).map((entry) => pairOf(edge, owner, entry))
  return stored === null ? [] : [{ owner, target: stored, payload: null }]
}

function pairOf(edge: Edge, owner: unknown, entry: unknown): Pair {
  if (edge.payload.size === 0) return { owner, target: entry, payload: null }
  const { id, ...payload } = entry as Record<string, unknown>
  return { owner, target: id, payload }
}

const entryOf = (edge: Edge, pair: Pair): unknown =>
  edge.payload.size === 0 ? pair.target : { id: pair.target, ...pair.payload }
