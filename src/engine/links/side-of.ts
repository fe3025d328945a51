import type { Edge } from '../../schema/graph.js'
import { ownKey } from './own-key.js'
import { ownList } from './own-list.js'
import type { PairWriter } from './pair.js'

/** The writer for what `from` keeps itself of a pair that is kept at both ends. */
export const sideOf = (edge: Edge): PairWriter => (edge.fromKey.many ? ownList : ownKey)
