/**
 * What a delete means for holders that do not go along with their targets. Asked for when all outcomes are final; the pairs are
 * handed out page by page, so that it does not matter how many there are.
 */
import type { Edge } from '../schema/graph.js'
import { chunks } from './chunks.js'
import type { Closure } from './closure.js'
import { effectOnHolder } from './effect.js'
import { idsByOutcome, type Fates, type Outcome, type Tied } from './fate.js'
import { eachPairs, eachShelf, known, records, type Ask, type StoredPair } from './question.js'

/**
 * - `weak`: references that are unset, embedded ones included; a pair may occur more than once
 * - `restrict`: why the delete is refused
 * - `dangling`: references that will name nothing: on purpose (dirty), or because their holder is soft-deleted (R24)
 */
export type Consequence = 'weak' | 'restrict' | 'dangling'

const outcomes: readonly Outcome[] = ['soft', 'strong']

export function* consequences({ tally, orphans }: Closure, wanted: Consequence): Ask<void> {
  if (wanted === 'dangling') {
    for (const tied of chunks(orphans.flatMap(({ kept }) => kept ?? []))) yield { ask: 'found', tied }
  }
  for (const { step, model, counts } of tally.shelves()) {
    const edges = new Map<Outcome, readonly Edge[]>()
    for (const outcome of outcomes) {
      const own = model.inbound.filter((edge) => effectOnHolder(edge, outcome) === wanted)
      if (counts[outcome] > 0 && own.length > 0) edges.set(outcome, own)
    }
    if (edges.size > 0) {
      yield* eachShelf(model, step, (fates) => consequencesOf(fates, edges, wanted))
    }
  }
}

function* consequencesOf(
  fates: Fates,
  edges: ReadonlyMap<Outcome, readonly Edge[]>,
  wanted: Consequence,
): Ask<void> {
  for (const [outcome, ids] of idsByOutcome(fates)) {
    for (const edge of edges.get(outcome) ?? []) {
      yield* eachPairs(edge.reverse, ids, function* (page) {
        const found = yield* standing(edge, page, outcome, wanted)
        if (found.length > 0) yield { ask: 'found', tied: found }
      })
    }
  }
}

/**
 * Of pairs whose target goes, those whose holder stands where the tie matters (R22 to R24): under a hard delete every stored holder
 * that does not go for good itself; under a soft one every live holder that stays live.
 */
function* standing(
  edge: Edge,
  pairs: readonly StoredPair[],
  outcome: Outcome,
  wanted: Consequence,
): Ask<readonly Tied[]> {
  const model = edge.from
  const fates = yield* known(model, [...new Set(pairs.map(({ target: holder }) => holder))])
  const tied: Tied[] = []
  for (const { owner: target, target: holder } of pairs) {
    const own = fates.get(holder)?.outcome
    const stands = outcome === 'strong' || wanted === 'dangling' ? own !== 'strong' : own === undefined
    if (stands) tied.push({ edge, holder, target, outcome })
  }
  if (outcome === 'strong' || !model.softDelete) return tied
  const holders = new Set(tied.map(({ holder }) => holder))
  const stored = yield* records(model, [...holders], false)
  const buried = new Set(stored.filter(({ deletion }) => deletion !== null).map(({ id }) => id))
  return buried.size === 0 ? tied : tied.filter(({ holder }) => !buried.has(holder))
}
