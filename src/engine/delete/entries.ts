/** Entries of lists and pairs of their own, where one of the two records goes for good (R23). */
import type { Edge, Model } from '../../schema/graph.js'
import { keepsPairsElsewhere, losesEntries } from '../../ties/effect.js'
import { clearPairs } from '../links/clear-pairs.js'
import { pairsOf } from '../links/pairs-of.js'
import { touch } from '../write/touch.js'
import type { Unit } from '../write/unit.js'
import type { HeldClosure } from './ledger/ledger.js'
import { idsThatGo } from './ledger/shelf-pages.js'

export interface LostEntries {
  readonly edge: Edge
  readonly pairs: readonly { readonly holder: unknown; readonly target: unknown }[]
}

/** Entries that holders which stay lose, a statement for each page of targets. */
export async function* lostEntries(unit: Unit, closure: HeldClosure): AsyncGenerator<LostEntries> {
  const losing = ({ inbound }: Model): boolean => inbound.some(losesEntries)
  for await (const { model, ids } of idsThatGo(closure, 'strong', losing)) {
    for (const edge of model.inbound.filter(losesEntries)) {
      const stored = await pairsOf(edge.reverse).read(unit, edge.reverse, ids)
      const holders = new Set(stored.map(({ target }) => target))
      const fates = await closure.ledger.known(edge.from, [...holders])
      const pairs = stored
        .map(({ owner, target }) => ({ holder: target, target: owner }))
        .filter(({ holder }) => fates.get(holder)?.outcome !== 'strong')
      if (pairs.length > 0) yield { edge, pairs }
    }
  }
}

/** @returns how many were removed from lists of records that stay */
export async function removeEntries(unit: Unit, closure: HeldClosure): Promise<number> {
  let removed = 0
  for await (const { edge, pairs } of lostEntries(unit, closure)) {
    const holders = [...new Set(pairs.map(({ holder }) => holder))]
    const targets = [...new Set(pairs.map(({ target }) => target))]
    await pairsOf(edge).cut(unit, edge, holders, targets)
    if (showsIds(edge)) await touch(unit, edge.from, holders)
    removed += pairs.length
  }
  const keeping = ({ outbound }: Model): boolean => outbound.some(keepsPairsElsewhere)
  for await (const { model, ids } of idsThatGo(closure, 'strong', keeping)) {
    for (const edge of model.outbound.filter(keepsPairsElsewhere)) await clearPairs(unit, edge, ids)
  }
  return removed
}

/** A one-sided list is content of its holder; a pairing with two named ends belongs to neither record (R19). */
const showsIds = (edge: Edge): boolean => edge.reverse.name === null
