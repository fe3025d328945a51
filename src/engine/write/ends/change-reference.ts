import type { Edge } from '../../../schema/graph.js'
import type { Pair } from '../../links/pair.js'
import { pairsOf } from '../../links/pairs-of.js'
import { knownAmong } from '../check-targets.js'
import { type Draft, idOfItem, type Item } from '../input/draft.js'
import { pointHolders, unsetHolders } from '../point-holders.js'
import type { Unit } from '../unit.js'
import { type EndChange, emptyReport } from './end-change.js'

/** The owner's own reference gets another target, or none. */
export async function changeReference(
  unit: Unit,
  draft: Draft,
  edge: Edge,
  owner: unknown,
  item: Item | null,
): Promise<EndChange> {
  const before = await pairsOf(edge).read(unit, edge, [owner])
  const isKnown = await knownAmong(
    unit,
    edge.to,
    before.map(({ target }) => target),
  )
  const old = before.find(({ target }) => isKnown(target))?.target ?? null
  const same = item !== null && !item.record && item.id === old
  if (item && !item.record && !same) {
    draft.targets.push({ edge, id: item.id, path: item.path, stored: false, changed: false })
  }
  return {
    release: () => (item ? Promise.resolve() : unsetHolders(unit, edge, before)),
    async link() {
      const report = emptyReport()
      if (same) return { ...report, unchanged: [old] }
      if (old !== null) report.removed.push(old)
      if (!item) return report
      const target = idOfItem(item)
      const pair: Pair = { owner, target, payload: null }
      await pointHolders(unit, edge, [pair])
      report.added.push(target)
      return report
    },
  }
}
