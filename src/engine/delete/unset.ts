import type { Closure } from '../../ties/closure.js'
import { groupBy } from '../links/group-by.js'
import { pairsOf } from '../links/pairs-of.js'
import { touch } from '../write/touch.js'
import type { Unit } from '../write/unit.js'
import { chunks } from './chunks.js'
import type { JournalWriter } from './journal/journal.js'

/** Unsets top-level references (weak ties); those to soft-deleted targets are written down (R23). @returns how many */
export async function unsetReferences(
  unit: Unit,
  { unset }: Closure,
  journal: JournalWriter,
): Promise<number> {
  const references = unset.filter(({ edge }) => !edge.embedded)
  for (const [edge, tied] of groupBy(references, (reference) => reference.edge)) {
    for (const chunk of chunks(tied)) {
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
  return references.length
}
