import type { Edge } from '../../schema/graph.js'
import { keptAtBothEnds } from '../../schema/kept-at-both-ends.js'
import { foreignKey } from './foreign-key.js'
import { foreignList } from './foreign-list.js'
import { mirror } from './mirror.js'
import { ownKey } from './own-key.js'
import { ownList } from './own-list.js'
import type { PairWriter } from './pair.js'
import { through } from './through.js'

/** The writer for the place where the edge's pairs are kept, found by its keys alone. */
export function pairsOf(edge: Edge): PairWriter {
  if (edge.through) return through
  if (keptAtBothEnds(edge)) return mirror
  if (edge.fromKey.many) return ownList
  if (edge.toKey.many) return foreignList
  return edge.holder ? ownKey : foreignKey
}
