import type { Edge } from '../../schema/graph.js'
import { compareIds } from '../../schema/values/compare-ids.js'
import { type Pair, turned } from './pair.js'

/** Each pair once: symmetric ones with the smaller id first (R16). */
export function canonical(edge: Edge, pairs: readonly Pair[]): readonly Pair[] {
  if (!edge.symmetric) return pairs
  const seen = new Map<string, Pair>()
  for (const pair of pairs) {
    const first = compareIds(pair.owner, pair.target) < 0 ? pair : turned(pair)
    seen.set(JSON.stringify([first.owner, first.target]), first)
  }
  return [...seen.values()]
}
