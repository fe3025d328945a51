/** Entries of lists and pairs of their own, where one of the two records goes for good (R23). */
import type { Edge } from '../../schema/graph.js'
import { keepsPairsElsewhere, losesEntries } from '../../ties/effect.js'
import type { Fates } from '../../ties/fate.js'
import { clearPairs } from '../links/clear-pairs.js'
import { pairsOf } from '../links/pairs-of.js'
import { touch } from '../write/touch.js'
import type { Unit } from '../write/unit.js'
import { chunks } from './chunks.js'
import { idsThatGo } from './ids-by-outcome.js'

export interface LostEntries {
  readonly edge: Edge
  readonly pairs: readonly { readonly holder: unknown; readonly target: unknown }[]
}

/** Entries that holders which stay lose, a statement for each chunk of targets. */
export async function* lostEntries(unit: Unit, fates: Fates): AsyncGenerator<LostEntries> {
  for (const [model, ids] of idsThatGo(fates, 'strong')) {
    for (const edge of model.inbound.filter(losesEntries)) {
      for (const targets of chunks(ids)) {
        const stored = await pairsOf(edge.reverse).read(unit, edge.reverse, targets)
        const pairs = stored
          .map(({ owner, target }) => ({ holder: target, target: owner }))
          .filter(({ holder }) => fates.get(edge.from, holder)?.outcome !== 'strong')
        if (pairs.length > 0) yield { edge, pairs }
      }
    }
  }
}

/** @returns how many were removed from lists of records that stay */
export async function removeEntries(unit: Unit, fates: Fates): Promise<number> {
  let removed = 0
  for await (const { edge, pairs } of lostEntries(unit, fates)) {
    const holders = [...new Set(pairs.map(({ holder }) => holder))]
    const targets = [...new Set(pairs.map(({ target }) => target))]
    await pairsOf(edge).cut(unit, edge, holders, targets)
    if (showsIds(edge)) await touch(unit, edge.from, holders)
    removed += pairs.length
  }
  for (const [model, ids] of idsThatGo(fates, 'strong')) {
    for (const edge of model.outbound.filter(keepsPairsElsewhere)) {
      for (const owners of chunks(ids)) await clearPairs(unit, edge, owners)
    }
  }
  return removed
}

/** A one-sided list is content of its holder; a pairing with two named ends belongs to neither record (R19). */
const showsIds = (edge: Edge): boolean => edge.reverse.name === null
