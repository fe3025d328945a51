import { chunks } from '../../ties/chunks.js'
import type { Tied } from '../../ties/fate.js'
import { pairsOf } from '../links/pairs-of.js'
import { touch } from '../write/touch.js'
import type { Unit } from '../write/unit.js'
import type { JournalWriter } from './journal/journal.js'

/** Unsets top-level references over one edge; those to soft-deleted targets are written down (R23). */
export async function unsetReferences(
  unit: Unit,
  references: readonly Tied[],
  journal: JournalWriter,
): Promise<void> {
  const { edge } = references[0]!
  for (const chunk of chunks(references)) {
    const holders = chunk.map(({ holder }) => holder)
    await pairsOf(edge).cut(unit, edge, holders, [...new Set(chunk.map(({ target }) => target))])
    await touch(unit, edge.from, holders)
    for (const { holder, target, outcome } of chunk) {
      // What goes for good cannot come back, and neither can references to it.
      if (outcome === 'strong') continue
      const record = { model: edge.from, id: holder }
      const targets = [{ model: edge.to, id: target }]
      await journal.add({ action: 'unset', record, place: edge.path, value: target, targets })
    }
  }
}
